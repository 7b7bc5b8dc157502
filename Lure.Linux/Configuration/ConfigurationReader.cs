using Tomlyn.Syntax;

namespace Lure.Linux.Configuration;

/// <summary>From the text of a file to checked settings, with all that is wrong in one run.</summary>
internal static class ConfigurationReader
{
    /// <summary>Null if a problem was found.</summary>
    public static Settings? Read(SourceText source, NameLookup names, ProblemList problems)
    {
        int before = problems.Count;
        if (TomlSyntax.Parse(source, problems) is not { } document)
        {
            return null;
        }

        Settings settings = Read(document, source, names, problems);
        return problems.Count == before ? settings : null;
    }

    private static Settings Read(DocumentSyntax document, SourceText source, NameLookup names, ProblemList problems)
    {
        TableNode tree = TomlTree.Build(document, source, problems);
        var root = new TableReader(tree, "the file", problems);
        var settings = new Settings { Listeners = [], Backends = [] };
        settings = ReadProcess(root, settings);
        settings = ReadLog(root, settings);
        settings = ReadDefaults(root, settings);
        var backends = new BackendReader(names, problems);
        TableReader? listen = root.Section("listen", "[listen.NAME]");
        backends.Read(root.Section("backend", "[backend.NAME]"));
        settings = settings with { Listeners = new ListenReader(backends, names, problems).Read(listen) };
        root.Finish();
        backends.ReportUnused();
        bool absent = tree.Find("listen")?.Value is null or TableNode { Entries.Count: 0 };
        if (absent)
        {
            problems.AddAbsence(
                new Place(0, 0),
                ErrorId.NoListener,
                "the file has no listener",
                "add [listen.NAME] with bind = \":7000\" and to = \"127.0.0.1:5432\""
            );
        }

        return settings with
        {
            Backends = backends.Backends,
        };
    }

    private static Settings ReadProcess(TableReader root, Settings settings)
    {
        if (root.Section("process", "[process]") is not { } process)
        {
            return settings;
        }

        settings = settings with
        {
            Workers = process.Integer("workers", 1, Limits.WorkersMax, "leave it out for one a CPU"),
            MaxConnections = process.Integer("maxconn", 1, Limits.MaxConnectionsMax),
            Pipes = process.Integer("pipes", 0, Limits.PipesMax),
            Steering = process.Choice("steer", Words.Steering) ?? settings.Steering,
            Batch = process.Choice("batch", Words.Batch) ?? settings.Batch,
            SpinTime = process.Time("spin", 0, Limits.SpinMost) ?? settings.SpinTime,
        };
        if (process.Section("drain", "drain") is { } drain)
        {
            long? deadline = drain.Time("deadline", 0, Limits.TimeMost);
            settings = settings with { DrainDeadline = deadline ?? settings.DrainDeadline };
            drain.Finish();
        }

        process.Finish();
        return settings;
    }

    private static Settings ReadLog(TableReader root, Settings settings)
    {
        if (root.Section("log", "[log]") is not { } log)
        {
            return settings;
        }

        settings = settings with
        {
            LogTarget = log.Choice("to", Words.LogTarget) ?? settings.LogTarget,
            LogFormat = log.Choice("format", Words.LogFormat) ?? settings.LogFormat,
        };
        log.Finish();
        return settings;
    }

    private static Settings ReadDefaults(TableReader root, Settings settings)
    {
        if (root.Section("defaults", "[defaults]") is not { } defaults)
        {
            return settings;
        }

        if (defaults.Section("timeout", "[defaults.timeout]") is { } timeout)
        {
            settings = settings with
            {
                ConnectTimeout = Timeout(timeout, "connect") ?? settings.ConnectTimeout,
                IdleTimeout = Timeout(timeout, "idle") ?? settings.IdleTimeout,
                HalfCloseTimeout = Timeout(timeout, "half_close") ?? settings.HalfCloseTimeout,
                LingerTimeout = Timeout(timeout, "linger") ?? settings.LingerTimeout,
            };
            timeout.Finish();
        }

        defaults.Finish();
        return settings;
    }

    private static long? Timeout(TableReader reader, string key) => reader.Time(key, Limits.TimeLeast, Limits.TimeMost);
}

using System.Collections.Generic;
using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using Lure.Core.Backends;
using Lure.Linux.Configuration;
using Lure.Linux.Kernel.Batches;
using Lure.Linux.Simulation;
using Lure.Sim.Entropy;
using SocketAddress = Lure.Core.Kernel.SocketAddress;

namespace Lure.Linux.Commands;

/// <summary>Does what a command line says.</summary>
internal sealed class CommandLine(CommandHost host)
{
    /// <summary>What the listener and the backend of <c>lure LISTEN SERVER…</c> are called in the log.</summary>
    public const string UnnamedListener = "main";

    private readonly CommandTree _tree = new();

    /// <returns>One of <see cref="ExitCode"/>, or what the relay returned.</returns>
    public int Run(string[] arguments)
    {
        // No @file: nobody asks for it, and it would read files named by an argument.
        var configuration = new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null };
        ParseResult parsed = _tree.Root.Parse(arguments, configuration);
        if (parsed.Action is HelpWithExamples)
        {
            return parsed.Invoke(
                new InvocationConfiguration
                {
                    Output = host.Output,
                    Error = host.Error,
                    EnableDefaultExceptionHandler = false,
                }
            );
        }

        Command command = parsed.CommandResult.Command;
        if (command == _tree.Root && parsed.GetValue(_tree.VersionFlag))
        {
            return PrintVersion();
        }

        var problems = new ProblemList();
        new UsageCheck(_tree, problems).Check(parsed);
        if (problems.Count != 0)
        {
            return Refuse(problems, ExitCode.Usage);
        }

        return command switch
        {
            _ when command == _tree.Run => RunFile(parsed, problems),
            _ when command == _tree.Check => CheckFile(parsed, problems),
            _ when command == _tree.Demo => RunDemo(parsed, problems),
            _ when command == _tree.Sim => Simulate(parsed, problems),
            _ when command == _tree.Conform => RunConform(parsed, problems),
            _ when command == _tree.SelfTest => host.SelfTest(),
            _ when command == _tree.Version => PrintVersion(),
            _ => RunAddresses(parsed, problems),
        };
    }

    private int RunFile(ParseResult parsed, ProblemList problems)
    {
        Settings? settings = ReadFile(parsed, problems);
        int inFile = problems.Count;
        Settings? final = settings ?? new Settings { Listeners = [], Backends = [] };
        final = _tree.Flags.Apply(final, parsed, problems);
        if (problems.Count != 0)
        {
            return Refuse(problems, problems.Count > inFile ? ExitCode.Usage : ExitCode.Refused);
        }

        return host.Relay(final);
    }

    private int CheckFile(ParseResult parsed, ProblemList problems)
    {
        if (ReadFile(parsed, problems) is not { } settings)
        {
            return Refuse(problems, ExitCode.Refused);
        }

        string listeners = Count(settings.Listeners.Length, "listener");
        string backends = Count(settings.Backends.Length, "backend");
        string servers = Count(settings.Backends.Sum(backend => backend.Servers.Length), "server");
        host.Output.WriteLine($"{problems.Path}: ok: {listeners}, {backends}, {servers}");
        if (settings.Batch == BatchKind.IoUring && host.AskForRing() is > 0 and int refusal)
        {
            host.Output.WriteLine(
                $"{problems.Path}: note: {RingRefusal.Explain(refusal)}; until then batches are plain calls"
            );
        }

        return ExitCode.Done;
    }

    private Settings? ReadFile(ParseResult parsed, ProblemList problems)
    {
        string path = parsed.GetValue(_tree.ConfigFlag) ?? ConfigurationFile.DefaultPath;
        return ConfigurationFile.Load(path, problems) is { } source
            ? ConfigurationReader.Read(source, host.Names, problems)
            : null;
    }

    private int RunDemo(ParseResult parsed, ProblemList problems)
    {
        string listen = parsed.GetValue(_tree.ListenFlag) ?? DemoCommand.DefaultListen;
        var place = Place.OfArgument(_tree.ListenFlag.Name);
        ImmutableArray<BindAddress> binds = AddressResolution.Binds(listen, place, host.Names, problems);
        if (binds.Any(bind => bind.Address.Family == SocketAddress.FamilyUnix))
        {
            string hint = $"as in {_tree.ListenFlag.Name} {DemoCommand.OtherListen}";
            problems.Add(place, ErrorId.BadAddress, "the demo relays TCP", hint);
        }

        return problems.Count == 0 ? host.Demo(binds) : Refuse(problems, ExitCode.Usage);
    }

    private int Simulate(ParseResult parsed, ProblemList problems)
    {
        if (parsed.GetValue(_tree.Scripts) is { Length: > 0 } paths)
        {
            return PlayScripts(paths, parsed, problems);
        }

        if (_tree.SimFlags.IsExhaustive(parsed))
        {
            _tree.SimFlags.RefuseBesideExhaustive(parsed, problems);
            return problems.Count == 0 ? host.Exhaust() : Refuse(problems, ExitCode.Usage);
        }

        if (_tree.SimFlags.IsReplay(parsed))
        {
            Tape? tape = _tree.SimFlags.ReadTape(parsed, problems);
            return tape is null ? Refuse(problems, ExitCode.Usage) : host.Replay(tape);
        }

        CampaignRequest request = _tree.SimFlags.ReadCampaign(parsed, problems);
        return problems.Count == 0 ? host.Campaign(request) : Refuse(problems, ExitCode.Usage);
    }

    private int PlayScripts(string[] paths, ParseResult parsed, ProblemList problems)
    {
        _tree.SimFlags.RefuseAll(parsed, problems);
        List<ScriptFile> files = [];
        foreach (string path in paths)
        {
            if (problems.Count == 0 && ScriptFile.Load(path, problems) is { } file)
            {
                files.Add(file);
            }
        }

        return problems.Count == 0 ? SimCommand.PlayScripts(files, host.Output) : Refuse(problems, ExitCode.Usage);
    }

    private int RunConform(ParseResult parsed, ProblemList problems) =>
        _tree.ConformFlags.Read(parsed, problems) is { } plan
            ? ConformCommand.Run(plan, host.Output)
            : Refuse(problems, ExitCode.Usage);

    private int RunAddresses(ParseResult parsed, ProblemList problems)
    {
        IReadOnlyList<Token> words = parsed.GetResult(_tree.Addresses)!.Tokens;
        var listen = Place.OfArgument("LISTEN");
        ImmutableArray<BindAddress> binds = AddressResolution.Binds(words[0].Value, listen, host.Names, problems);
        ImmutableArray<ServerSpec>.Builder servers = ImmutableArray.CreateBuilder<ServerSpec>();
        HashSet<string> seen = [];
        foreach (Token word in words.Skip(1))
        {
            Place place = Place.OfArgument("SERVER");
            if (!seen.Add(word.Value))
            {
                problems.Add(place, ErrorId.ServerNameTaken, $"\"{word.Value}\" is given twice", "leave one out");
            }

            var server = new ServerSpec { Name = word.Value, Address = default };
            servers.AddRange(AddressResolution.Servers(server, word.Value, place, host.Names, problems));
        }

        var settings = new Settings
        {
            Listeners = [new ListenSettings(UnnamedListener, binds, 0, UnixMode.Default)],
            Backends = [new BackendSpec { Name = UnnamedListener, Servers = servers.DrainToImmutable() }],
        };
        settings = _tree.Flags.Apply(settings, parsed, problems);
        if (problems.Count == 0)
        {
            return host.Relay(settings);
        }

        // That a name does not resolve is no mistake of the command line's.
        bool refused = problems.Problems.All(problem => problem.Fault.Id == ErrorId.NameUnresolved);
        return Refuse(problems, refused ? ExitCode.Refused : ExitCode.Usage);
    }

    private int PrintVersion()
    {
        host.Output.WriteLine($"lure {ProductVersion.Text}");
        return ExitCode.Done;
    }

    private int Refuse(ProblemList problems, int exitCode)
    {
        problems.WriteTo(host.Error);
        return exitCode;
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}

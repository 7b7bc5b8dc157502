using System.Collections.Generic;
using System.Collections.Immutable;
using Lure.Core.Backends;

namespace Lure.Linux.Configuration;

/// <summary>Reads <c>[backend.NAME]</c>, and makes the backends of listeners that name servers.</summary>
internal sealed class BackendReader(NameLookup names, ProblemList problems)
{
    private readonly List<Draft> _drafts = [];
    private readonly ServerListReader _servers = new(names, problems);

    /// <summary>A backend and whether somebody needs it.</summary>
    private sealed record Draft(BackendSpec Spec, Place Place)
    {
        public bool Used { get; set; }
    }

    public ImmutableArray<BackendSpec> Backends => [.. _drafts.ConvertAll(draft => draft.Spec)];

    public void Read(TableReader? all)
    {
        if (all is null)
        {
            return;
        }

        foreach (ConfigEntry entry in all.Table.Entries)
        {
            if (all.Section(entry.Key, $"[backend.{entry.Key}]") is not { } reader)
            {
                continue;
            }

            if (!Names.IsValid(entry.Key, out Fault fault))
            {
                problems.Add(entry.KeyPlace, fault);
            }

            _drafts.Add(new Draft(ReadOne(entry.Key, reader), entry.KeyPlace));
        }
    }

    public bool IsDefined(string name) => IndexOf(name) >= 0;

    /// <summary>The number of a backend of the file; negative and reported if there is none.</summary>
    public int Use(ScalarNode name)
    {
        int index = IndexOf(name.Text);
        if (index >= 0)
        {
            _drafts[index].Used = true;
            return index;
        }

        string? nearest = Suggestion.Nearest(name.Text, _drafts.ConvertAll(draft => draft.Spec.Name));
        if (nearest is not null)
        {
            // It was meant: that nobody uses it would be a second message about one mistake.
            Draft meant = _drafts[IndexOf(nearest)];
            meant.Used = true;
            int line = problems.Source!.PositionOf(meant.Place.Start).Line;
            nearest = $"did you mean \"{nearest}\" (line {line})?";
        }

        problems.AddAbsence(
            name.Place,
            ErrorId.UndefinedBackend,
            $"backend \"{name.Text}\" is not defined",
            nearest ?? $"add [backend.{name.Text}]; a server has a port: \"{name.Text}:5432\""
        );
        return index;
    }

    /// <summary>Makes a backend of a listener's servers, called like the listener. Its number.</summary>
    public int Make(TableReader listener, string name, Place keyPlace, IReadOnlyList<ConfigNode> servers)
    {
        int existing = IndexOf(name);
        if (existing >= 0)
        {
            _drafts[existing].Used = true;
            problems.Add(
                keyPlace,
                ErrorId.BackendNameTaken,
                $"the servers of {listener.Title} would make a second backend \"{name}\"",
                $"rename the listener, or write to = \"{name}\""
            );
        }

        var spec = new BackendSpec { Name = name, Servers = _servers.Read(listener, servers) };
        _drafts.Add(new Draft(spec, keyPlace) { Used = true });
        return _drafts.Count - 1;
    }

    public void ReportUnused()
    {
        foreach (Draft draft in _drafts)
        {
            if (!draft.Used)
            {
                problems.AddAbsence(
                    draft.Place,
                    ErrorId.UnusedBackend,
                    $"no listener leads to backend \"{draft.Spec.Name}\"",
                    $"remove it, or write to = \"{draft.Spec.Name}\" in a listener"
                );
            }
        }
    }

    private BackendSpec ReadOne(string name, TableReader reader)
    {
        var spec = new BackendSpec { Name = name, Servers = [] };
        Balance balance = reader.Choice("balance", Words.Balance) ?? spec.Balance;
        int retries = spec.Retries;
        if (reader.Section("retry", "retry") is { } retry)
        {
            retries = retry.Integer("servers", 0, Limits.RetriesMax) ?? retries;
            retry.Finish();
        }

        int failures = spec.EjectAfter;
        long ejectFor = spec.EjectFor;
        if (reader.Section("eject", "eject") is { } eject)
        {
            failures = eject.Integer("failures", 0, Limits.EjectFailuresMax) ?? failures;
            ejectFor = eject.Time("for", Limits.TimeLeast, Limits.TimeMost) ?? ejectFor;
            eject.Finish();
        }

        IReadOnlyList<ConfigNode>? items = reader.OneOrMore("servers", "at least one server");
        if (items is null && reader.Table.Find("servers") is null)
        {
            problems.AddAbsence(
                reader.Table.OpenedAt,
                ErrorId.MissingKey,
                $"{reader.Title} has no servers",
                "add: servers = [\"127.0.0.1:5432\"]"
            );
        }

        ImmutableArray<ServerSpec> servers = items is null ? [] : _servers.Read(reader, items);
        reader.Finish();
        return spec with
        {
            Balance = balance,
            Retries = retries,
            EjectAfter = failures,
            EjectFor = ejectFor,
            Servers = servers,
        };
    }

    private int IndexOf(string name) => _drafts.FindIndex(draft => draft.Spec.Name == name);
}

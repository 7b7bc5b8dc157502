using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using SocketAddress = Lure.Core.Kernel.SocketAddress;

namespace Lure.Linux.Configuration;

/// <summary>Reads <c>[listen.NAME]</c>.</summary>
internal sealed class ListenReader(BackendReader backends, NameLookup names, ProblemList problems)
{
    private readonly AddressClaims _claims = new();

    public ImmutableArray<ListenSettings> Read(TableReader? all)
    {
        ImmutableArray<ListenSettings>.Builder listeners = ImmutableArray.CreateBuilder<ListenSettings>();
        foreach (ConfigEntry entry in all?.Table.Entries ?? [])
        {
            if (all!.Section(entry.Key, $"[listen.{entry.Key}]") is not { } reader)
            {
                continue;
            }

            if (!Names.IsValid(entry.Key, out Fault fault))
            {
                problems.Add(entry.KeyPlace, fault);
            }

            listeners.Add(ReadOne(entry, reader));
        }

        return listeners.DrainToImmutable();
    }

    private ListenSettings ReadOne(ConfigEntry entry, TableReader reader)
    {
        ImmutableArray<BindAddress> binds = ReadBinds(entry.Key, reader);
        int backend = ReadTarget(entry, reader);
        int mode = ReadMode(reader, binds);
        reader.Finish();
        return new ListenSettings(entry.Key, binds, backend, mode);
    }

    private ImmutableArray<BindAddress> ReadBinds(string listener, TableReader reader)
    {
        IReadOnlyList<ConfigNode>? items = reader.OneOrMore("bind", "at least one address");
        if (items is null && reader.Table.Find("bind") is null)
        {
            ReportMissing(reader, "bind", "add: bind = \":7000\"");
        }

        ImmutableArray<BindAddress>.Builder binds = ImmutableArray.CreateBuilder<BindAddress>();
        foreach (ConfigNode item in items ?? [])
        {
            if (reader.TextOf(item, "an address") is not { } text)
            {
                continue;
            }

            foreach (BindAddress bind in AddressResolution.Binds(text.Text, text.Place, names, problems))
            {
                Claim(bind, new AddressClaims.Claim(text.Text, listener, text.Place));
                binds.Add(bind);
            }
        }

        return binds.DrainToImmutable();
    }

    private void Claim(BindAddress bind, AddressClaims.Claim claim)
    {
        if (_claims.Take(bind, claim) is not { } earlier || earlier.Place == claim.Place)
        {
            return;
        }

        int line = problems.Source!.PositionOf(earlier.Place.Start).Line;
        problems.Add(
            claim.Place,
            ErrorId.AddressTaken,
            earlier.Text == claim.Text
                ? $"\"{claim.Text}\" is bound twice"
                : $"\"{claim.Text}\" overlaps with \"{earlier.Text}\"",
            $"taken by [listen.{earlier.Listener}] on line {line}"
        );
    }

    /// <summary>The number of the backend; negative if it is wrong.</summary>
    private int ReadTarget(ConfigEntry entry, TableReader reader)
    {
        const string Example = "a backend's name, a server, or a list of servers";
        IReadOnlyList<ConfigNode>? items = reader.OneOrMore("to", Example);
        if (items is null)
        {
            if (reader.Table.Find("to") is null)
            {
                ReportMissing(reader, "to", "add: to = \"127.0.0.1:5432\"");
            }

            return -1;
        }

        bool isList = reader.Table.Find("to")!.Value is ListNode;
        if (items[0] is ScalarNode { Kind: ScalarKind.Text } name && !name.Text.Contains(':', StringComparison.Ordinal))
        {
            if (name.Text.Length == 0)
            {
                problems.Add(name.Place, ErrorId.Empty, "\"to\" is empty", $"it needs {Example}");
                return -1;
            }

            if (!isList)
            {
                return backends.Use(name);
            }

            if (backends.IsDefined(name.Text))
            {
                problems.Add(
                    name.Place,
                    ErrorId.BadAddress,
                    $"a list holds servers, and \"{name.Text}\" is a backend",
                    $"write to = \"{name.Text}\""
                );
                return backends.Use(name);
            }
        }

        return backends.Make(reader, entry.Key, entry.KeyPlace, items);
    }

    private int ReadMode(TableReader reader, ImmutableArray<BindAddress> binds)
    {
        if (reader.Text("mode") is not { } text)
        {
            return UnixMode.Default;
        }

        if (!UnixMode.TryParse(text.Text, out int mode, out Fault fault))
        {
            problems.Add(text.Place, fault);
        }
        else if (!binds.IsEmpty && !binds.Any(IsPath))
        {
            problems.Add(
                text.Place,
                ErrorId.ModeWithoutPath,
                $"{reader.Title} has no unix socket with a path",
                "the mode is that of a path: remove it"
            );
        }

        return mode;
    }

    private static bool IsPath(BindAddress bind) =>
        bind.Address.Family == SocketAddress.FamilyUnix && bind.Address.Bytes[sizeof(ushort)] != 0;

    private void ReportMissing(TableReader reader, string key, string hint) =>
        problems.AddAbsence(reader.Table.OpenedAt, ErrorId.MissingKey, $"{reader.Title} has no \"{key}\"", hint);
}

using System.Collections.Generic;
using System.Collections.Immutable;
using Lure.Core.Backends;

namespace Lure.Linux.Configuration;

/// <summary>Reads servers: texts that are addresses, or tables with an address and more.</summary>
internal sealed class ServerListReader(NameLookup names, ProblemList problems)
{
    /// <summary>Empty if one of them is wrong, which is then reported.</summary>
    /// <param name="reader">Of the table that holds the list.</param>
    /// <param name="items">At least one.</param>
    public ImmutableArray<ServerSpec> Read(TableReader reader, IReadOnlyList<ConfigNode> items)
    {
        int before = problems.Count;
        ImmutableArray<ServerSpec>.Builder servers = ImmutableArray.CreateBuilder<ServerSpec>(items.Count);
        Dictionary<string, int> lines = [];
        foreach (ConfigNode item in items)
        {
            if (item is TableNode table)
            {
                ReadTable(table, servers, lines);
            }
            else if (reader.TextOf(item, "a server") is { } address)
            {
                Add(new ServerSpec { Name = address.Text, Address = default }, address, address.Place, servers, lines);
            }
        }

        return problems.Count == before ? servers.DrainToImmutable() : [];
    }

    private void ReadTable(TableNode table, ImmutableArray<ServerSpec>.Builder servers, Dictionary<string, int> lines)
    {
        var reader = new TableReader(table, "a server", problems);
        ScalarNode? name = reader.Text("name");
        ScalarNode? address = reader.Text("addr");
        var server = new ServerSpec
        {
            Name = name?.Text ?? address?.Text ?? "",
            Address = default,
            Weight = reader.Integer("weight", 1, Limits.WeightMax) ?? 1,
            MaxSessions = reader.Integer("maxconn", 1, Limits.MaxConnectionsMax, "leave it out for no limit") ?? 0,
            Backup = reader.Boolean("backup") ?? false,
        };
        reader.Finish();
        if (name is not null && !Names.IsValid(name.Text, out Fault fault))
        {
            problems.Add(name.Place, fault);
        }

        if (address is not null)
        {
            Add(server, address, (name ?? address).Place, servers, lines);
        }
        else if (table.Find("addr") is null)
        {
            problems.AddAbsence(
                table.Place,
                ErrorId.MissingKey,
                "the server has no address",
                "add: addr = \"127.0.0.1:5432\""
            );
        }
    }

    private void Add(
        ServerSpec server,
        ScalarNode address,
        Place namePlace,
        ImmutableArray<ServerSpec>.Builder servers,
        Dictionary<string, int> lines
    )
    {
        int line = problems.Source!.PositionOf(namePlace.Start).Line;
        if (!lines.TryAdd(server.Name, line))
        {
            problems.Add(
                namePlace,
                ErrorId.ServerNameTaken,
                $"there is a server \"{server.Name}\" on line {lines[server.Name]}",
                "for a larger share of the sessions, set its weight; two of one address need names"
            );
        }

        servers.AddRange(AddressResolution.Servers(server, address.Text, address.Place, names, problems));
    }
}

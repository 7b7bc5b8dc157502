using System.Collections.Immutable;
using Lure.Core.Kernel;

namespace Lure.Core.Backends;

/// <summary>How a backend chooses among its servers.</summary>
public enum Balance
{
    RoundRobin,
    LeastConnections,

    /// <summary>Of two random ones, the less loaded.</summary>
    RandomTwo,

    /// <summary>By a hash of the client's address: the same client, the same server, while it is usable.</summary>
    Source,
}

/// <summary>One server of a backend. An address that a name resolved to is a server of its own.</summary>
public sealed record ServerSpec
{
    public required string Name { get; init; }

    public required SocketAddress Address { get; init; }

    /// <summary>Its share, 1 to 256.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Live sessions at most, in the whole process; 0 for no limit.</summary>
    public int MaxSessions { get; init; }

    /// <summary>Used only when no other is usable.</summary>
    public bool Backup { get; init; }
}

/// <summary>A set of servers and how to choose among them.</summary>
public sealed record BackendSpec
{
    public required string Name { get; init; }

    public required ImmutableArray<ServerSpec> Servers { get; init; }

    public Balance Balance { get; init; } = Balance.RoundRobin;

    /// <summary>Servers tried after the first, at most 7.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>Failures in a row after which a server is left out; 0 for never.</summary>
    public int EjectAfter { get; init; } = 3;

    /// <summary>ns that it is left out.</summary>
    public long EjectFor { get; init; } = 10_000_000_000;
}

/// <summary>One listening socket of one worker.</summary>
/// <param name="Fd">Listening, non-blocking. The loop closes it when it drains.</param>
/// <param name="Number">The listener's number in the process; several sockets may share it.</param>
/// <param name="Backend">Where its sessions go: an index into <see cref="Topology.Backends"/>.</param>
/// <param name="Shared">Watched by several workers: a unix socket. Then the descriptor is not the loop's to close.</param>
public readonly record struct ListenerSpec(int Fd, int Number, int Backend, bool Shared);

/// <summary>What a process relays to, the same for all its workers. Servers are numbered through, backend by backend.</summary>
public sealed record Topology
{
    public required ImmutableArray<BackendSpec> Backends { get; init; }

    /// <summary>Listener numbers in use: 0 to this, exclusive.</summary>
    public required int Listeners { get; init; }

    public int ServerCount
    {
        get
        {
            int count = 0;
            foreach (BackendSpec backend in Backends)
            {
                count += backend.Servers.Length;
            }

            return count;
        }
    }
}

using System;
using System.Collections.Immutable;
using Lure.Core.Backends;
using Lure.Core.Kernel;
using Lure.Core.Loop;

namespace Lure.Sim.Running;

/// <summary>What a simulation begins with: a relay, its servers, its bounds. A seed draws one, a script states one.</summary>
public sealed record Plan
{
    /// <summary>Loops over one kernel, 1 to 4.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>The bounds of each loop; the seed of a worker is this one's and its number.</summary>
    public LoopOptions Loop { get; init; } = new() { Sessions = 16, BlockBytes = 64 };

    public WorldOptions World { get; init; } = new() { IdleWaitReturns = true };

    /// <summary>What clients connect to, a listener each.</summary>
    public ImmutableArray<Front> Fronts { get; init; } = [new Front(0)];

    /// <summary>Servers have addresses of the simulation's own choice; of what is given here only the family counts.</summary>
    public ImmutableArray<BackendSpec> Backends { get; init; } = [];

    /// <summary>Sessions of the process at most.</summary>
    public int SessionsMax { get; init; } = 16;

    /// <summary>Descriptors that sessions of the process may hold, two each; 0 for as many as they need.</summary>
    public int DescriptorsMax { get; init; }

    /// <summary>Sessions that can be there at once, by both limits.</summary>
    public int Places => DescriptorsMax == 0 ? SessionsMax : Math.Min(SessionsMax, DescriptorsMax / 2);

    /// <summary>Connections that wait at a listener, and at a server.</summary>
    public int Backlog { get; init; } = 128;

    /// <summary>Workers accept from one socket for each listener, instead of one each; from that of a unix listener they always do.</summary>
    public bool SharesListeners { get; init; }

    /// <summary>ns that the loops have run before anything happens: their ticks may be about to wrap.</summary>
    public long Age { get; init; }

    /// <summary>ns that pass in each turn, and whenever a loop sleeps and a peer acts: no clock stands on whole milliseconds.</summary>
    public long Drift { get; init; }

    /// <summary>What the streams of this simulation are made of.</summary>
    public ulong Key { get; init; } = 1;

    /// <summary>Calls after which faults stop and everything has to come to an end.</summary>
    public int ChaosCalls { get; init; } = 1_000;

    /// <summary>After the faults some sessions stay stuck until a timer ends them.</summary>
    public bool SomeStayStuck { get; init; }

    /// <summary>Nothing is injected: every session has to be whole, or ended by a timer.</summary>
    public bool Injures { get; init; }

    /// <summary>Whether workers accept from one socket of a listener.</summary>
    public bool IsShared(int front) => SharesListeners || Fronts[front].IsUnix;

    /// <summary>Whether a server is a unix socket.</summary>
    public static bool IsUnix(ServerSpec server) => server.Address.Family == SocketAddress.FamilyUnix;

    public int Servers
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

/// <summary>What clients connect to.</summary>
/// <param name="Backend">Where its sessions go: an index into the backends.</param>
/// <param name="IsUnix">A unix socket, which all workers accept from.</param>
public readonly record struct Front(int Backend, bool IsUnix = false);

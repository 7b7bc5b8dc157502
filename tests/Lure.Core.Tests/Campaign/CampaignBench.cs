using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Lure.Core.Backends;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Core.Records;
using Lure.Core.Tests.Loop;
using Lure.Core.Tests.Memory;
using Lure.Sim;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Core.Tests.Campaign;

/// <summary>
/// A loop with tiny bounds, drawn from the seed. Each conversation has a listener and two servers of
/// its own, so that it is always known who talks to whom.
/// </summary>
internal sealed class CampaignBench : IDisposable
{
    public const long Millisecond = 1_000_000;
    public const int ServersEach = 2;

    private const int TurnsMax = 2_000;

    private readonly TestArena _memory = new(1 << 20);
    private readonly FakeKernel _kernel;
    private readonly Waits _waits = new();

    public CampaignBench(int conversations, ref Random64 random)
    {
        Options = Draw(ref random);
        World = new FakeWorld(
            new WorldOptions
            {
                SendBuffer = 1 + random.Below(16),
                ReceiveBuffer = 1 + random.Below(16),
                IdleWaitReturns = true,
            }
        );
        ImmutableArray<BackendSpec>.Builder backends = ImmutableArray.CreateBuilder<BackendSpec>();
        ListenerSpec[] listeners = new ListenerSpec[conversations];
        for (int i = 0; i < conversations; i++)
        {
            ImmutableArray<ServerSpec>.Builder servers = ImmutableArray.CreateBuilder<ServerSpec>();
            for (int k = 0; k < ServersEach; k++)
            {
                Servers.Add(World.Listen(ServerAddress(i, k)));
                servers.Add(new ServerSpec { Name = $"{i}.{k}", Address = ServerAddress(i, k) });
            }

            backends.Add(new BackendSpec { Name = $"{i}", Servers = servers.ToImmutable() });
            listeners[i] = new ListenerSpec(World.OpenListener(Front(i)), Number: i, Backend: i, Shared: false);
        }

        Topology topology = new() { Backends = backends.ToImmutable(), Listeners = conversations };
        int sessions = Options.Sessions;
        Shared = new SharedState(ref _memory.Arena, conversations, topology.ServerCount, sessions, 2 * sessions);
        Records = new RecordRing(ref _memory.Arena, 256);
        _kernel = new FakeKernel(World);
        ReportedKernel kernel = new(_kernel, _waits);
        Loop = new EventLoop<ReportedKernel>(kernel, Options, topology, Shared, Records, listeners, ref _memory.Arena);
    }

    public LoopOptions Options { get; }

    public FakeWorld World { get; }

    public SharedState Shared { get; }

    public RecordRing Records { get; }

    public EventLoop<ReportedKernel> Loop { get; }

    public bool IsRunning { get; private set; } = true;

    /// <summary>A peer has moved in the middle of the loop's calls since the ends were last looked at.</summary>
    public bool IsDisturbed { get; set; }

    public List<FakeListener> Servers { get; } = [];

    public static SocketAddress Front(int conversation) => FakeAddress.IPv4(7000 + conversation);

    public static SocketAddress ServerAddress(int conversation, int server) =>
        FakeAddress.IPv4(9000 + (ServersEach * conversation) + server);

    public void Settle()
    {
        for (int turns = 0; IsRunning && (Loop.HasWork || _kernel.HasEvents); turns++)
        {
            Assert.That(turns, Is.LessThan(TurnsMax), "the loop does not come to rest");
            IsRunning = Loop.RunTurn();
        }
    }

    /// <summary>Time passes; the loop takes part in it whenever it asked for.</summary>
    public void Pass(long nanoseconds)
    {
        _waits.Until = World.Now + nanoseconds;
        for (int turns = 0; IsRunning && World.Now < _waits.Until; turns++)
        {
            Assert.That(turns, Is.LessThan(TurnsMax), "the loop spins while time passes");
            IsRunning = Loop.RunTurn();
        }

        _waits.Until = long.MaxValue;
        Settle();
    }

    public void AssertNothingLeft(int listeners)
    {
        Assert.That(Loop.Sessions, Is.Zero, "sessions");
        Assert.That(World.Descriptors.OpenCount, Is.EqualTo(listeners), "descriptors");
        Assert.That(Loop.BlocksInUse, Is.Zero, "blocks");
        Assert.That(Loop.TimersArmed, Is.Zero, "timers");
        Assert.That((Shared.Sessions, Shared.Descriptors), Is.EqualTo((0, 0)), "places of the process");
        for (int i = 0; i < Servers.Count; i++)
        {
            Assert.That(Shared.ServerSessions(i), Is.Zero, "sessions of a server");
        }
    }

    public void Dispose() => _memory.Dispose();

    private static LoopOptions Draw(ref Random64 random)
    {
        bool patient = random.Below(2) == 0;
        return new LoopOptions
        {
            Seed = random.Next(),
            Sessions = 1 + random.Below(6),
            BlockBytes = 2 + random.Below(8),
            BatchReads = 2 + random.Below(4),
            EventsPerTurn = 1 + random.Below(6),
            AcceptsPerTurn = 1 + random.Below(3),
            BytesPerTurn = 1 + random.Below(20),
            ConnectTimeout = 50 * Millisecond,
            IdleTimeout = patient ? 3_600_000 * Millisecond : (1 + random.Below(200)) * Millisecond,
            HalfCloseTimeout = patient ? 3_600_000 * Millisecond : (1 + random.Below(200)) * Millisecond,
            LingerTimeout = (1 + random.Below(300)) * Millisecond,
            AcceptPause = 5 * Millisecond,
            KeepAliveAfter = random.Below(100) * Millisecond + 1,
        };
    }
}

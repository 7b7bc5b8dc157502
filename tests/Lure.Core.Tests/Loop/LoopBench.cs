using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Lure.Core.Backends;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Core.Records;
using Lure.Core.Tests.Memory;
using Lure.Sim;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>One loop over a fake world, with a client's address to connect to and servers behind it.</summary>
internal sealed class LoopBench : IDisposable
{
    public const long Millisecond = 1_000_000;
    public const long Second = 1_000_000_000;

    private const int TurnsMax = 2_000;

    public static readonly SocketAddress Front = FakeAddress.IPv4(7000);

    private readonly TestArena _memory;
    private readonly FakeKernel _kernel;
    private bool _running = true;

    public LoopBench(
        LoopOptions? options = null,
        WorldOptions? world = null,
        int servers = 1,
        Func<BackendSpec, BackendSpec>? backend = null,
        int sessionsMax = 64,
        int backlog = 128
    )
    {
        Options = options ?? new LoopOptions { Sessions = 64 };
        World = new FakeWorld((world ?? new WorldOptions()) with { IdleWaitReturns = true });
        _memory = new TestArena(64 << 20);
        Topology = new Topology { Backends = [(backend ?? (spec => spec))(Spec(servers))], Listeners = 1 };
        Shared = new SharedState(ref _memory.Arena, 1, servers, sessionsMax, 2 * sessionsMax);
        Records = new RecordRing(ref _memory.Arena, 256);
        for (int i = 0; i < servers; i++)
        {
            Servers.Add(World.Listen(ServerAddress(i)));
        }

        _kernel = new FakeKernel(World);
        ListenFd = World.OpenListener(Front, backlog);
        Loop = new EventLoop<ReportedKernel>(
            new ReportedKernel(_kernel, Waits),
            Options,
            Topology,
            Shared,
            Records,
            [new ListenerSpec(ListenFd, Number: 0, Backend: 0, Shared: false)],
            ref _memory.Arena
        );
        Settle();
        Idle = World.Descriptors.OpenCount;
    }

    public LoopOptions Options { get; }

    public Topology Topology { get; }

    public FakeWorld World { get; }

    public SharedState Shared { get; }

    public RecordRing Records { get; }

    public EventLoop<ReportedKernel> Loop { get; }

    public Waits Waits { get; } = new();

    public List<FakeListener> Servers { get; } = [];

    public int ListenFd { get; }

    /// <summary>Descriptors that are open without a session.</summary>
    public int Idle { get; }

    public bool IsRunning => _running;

    public static SocketAddress ServerAddress(int number) => FakeAddress.IPv4(9000 + number);

    /// <summary>Turns until nothing is left to do at this moment of the world's time.</summary>
    public void Settle()
    {
        int turns = 0;
        while (_running && (Loop.HasWork || _kernel.HasEvents || Waits.Reports.Count > 0))
        {
            Assert.That(turns++, Is.LessThan(TurnsMax), "the loop does not come to rest");
            _running = Loop.RunTurn();
        }
    }

    /// <summary>Lets time pass in steps of what the loop waits for, and settles.</summary>
    public void Pass(long nanoseconds)
    {
        Waits.Until = World.Now + nanoseconds;
        for (int turns = 0; _running && World.Now < Waits.Until; turns++)
        {
            Assert.That(turns, Is.LessThan(TurnsMax), "the loop does not wait");
            _running = Loop.RunTurn();
        }

        Waits.Until = long.MaxValue;
        Settle();
    }

    public FakePeer Connect()
    {
        FakePeer client = World.Connect(Front);
        Settle();
        return client;
    }

    /// <summary>A client and the server's end of its session.</summary>
    public (FakePeer Client, FakePeer Server) Pair()
    {
        FakePeer client = Connect();
        return (client, Servers[0].Accept());
    }

    /// <summary>The two ends of a new session: the one that a test is about, and the other.</summary>
    public (FakePeer From, FakePeer To) Ends(bool byClient)
    {
        (FakePeer client, FakePeer server) = Pair();
        return byClient ? (client, server) : (server, client);
    }

    /// <summary>One turn, whether there is something to do or not.</summary>
    public void Turn() => _running = Loop.RunTurn();

    /// <summary>Reads until nothing comes any more.</summary>
    public byte[] ReadAll(FakePeer peer)
    {
        List<byte> arrived = [];
        for (byte[] some = [0]; some.Length > 0; )
        {
            Settle();
            some = peer.Read();
            arrived.AddRange(some);
        }

        return [.. arrived];
    }

    public void Post(CommandKind kind, long deadline = long.MaxValue) => World.Post(new Command(kind, deadline));

    /// <summary>The only record of a session, which must have ended; other kinds are skipped.</summary>
    public LoopRecord TheEnd()
    {
        List<LoopRecord> ends = Ends();
        Assert.That(ends, Has.Count.EqualTo(1), "exactly one end");
        return ends[0];
    }

    public List<LoopRecord> Ends() => TakeRecords().FindAll(record => record.Kind == RecordKind.SessionEnd);

    public List<LoopRecord> TakeRecords()
    {
        List<LoopRecord> records = [];
        while (Records.TryTake(out LoopRecord record))
        {
            records.Add(record);
        }

        return records;
    }

    /// <summary>Nothing is held for a session any more: descriptors, blocks, timers, counts.</summary>
    public void AssertNothingLeft()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Loop.Sessions, Is.Zero, "sessions");
            Assert.That(World.Descriptors.OpenCount, Is.EqualTo(Idle + (2 * Loop.PipesOpen)), "descriptors");
            Assert.That(Loop.PipesInUse, Is.Zero, "pipes");
            Assert.That(Loop.BlocksInUse, Is.Zero, "blocks");
            Assert.That(Loop.TimersArmed, Is.Zero, "timers");
            Assert.That(Shared.Sessions, Is.Zero, "sessions of the process");
            Assert.That(Shared.Descriptors, Is.Zero, "descriptors promised");
            Assert.That(Shared.ListenerSessions(0), Is.Zero, "sessions of the listener");
            for (int i = 0; i < Servers.Count; i++)
            {
                Assert.That(Shared.ServerSessions(i), Is.Zero, $"sessions of server {i}");
            }
        });
    }

    /// <summary>Changes the flags of a session in its memory, as a defect would: nothing that the loop has to offer does so.</summary>
    public unsafe void Spoil(ulong session, Func<ConnectionFlags, ConnectionFlags> spoil)
    {
        Connection* line = (Connection*)_memory.Start;
        Connection* end = line + (_memory.Size / (nuint)sizeof(Connection));
        while (line->Id != session || line->Flags.Phase() != Phase.Relaying)
        {
            Assert.That(++line < end, Is.True, "the session is there and relays");
        }

        line->Flags = spoil(line->Flags);
    }

    public static string CodeOf(in LoopRecord record) => $"{(char)record.Who}{(char)record.State}";

    public static byte[] Bytes(int count, int salt = 0)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = (byte)((i * 31) + (i >> 8) + salt);
        }

        return bytes;
    }

    public void Dispose() => _memory.Dispose();

    private static BackendSpec Spec(int servers)
    {
        ImmutableArray<ServerSpec>.Builder specs = ImmutableArray.CreateBuilder<ServerSpec>();
        for (int i = 0; i < servers; i++)
        {
            specs.Add(new ServerSpec { Name = $"s{i}", Address = ServerAddress(i) });
        }

        return new BackendSpec { Name = "b", Servers = specs.ToImmutable() };
    }
}

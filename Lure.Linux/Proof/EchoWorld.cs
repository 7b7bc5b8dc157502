using System;
using Lure.Core.Backends;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Core.Memory;
using Lure.Core.Records;
using Lure.Linux.Machine;
using Lure.Sim;
using Lure.Sim.Peers;

namespace Lure.Linux.Proof;

/// <summary>A loop in a world that is made up, and sessions on which both ends talk without a pause.</summary>
/// <remarks>The world is calm: with nobody who looks on, it allocates nothing either.</remarks>
internal sealed class EchoWorld : IDisposable
{
    private const int FrontPort = 7000;
    private const int ServerPort = 9000;
    private const int Backlog = 128;
    private const int RecordsMax = 256;
    private const int MessageBytes = 64;
    private const nuint Slack = 64 * 1024;

    private readonly FakeWorld _world = new(new WorldOptions { IdleWaitReturns = true });
    private readonly FakeKernel _kernel;
    private readonly NativeMapping _memory;
    private readonly EventLoop<FakeKernel> _loop;
    private readonly FakePeer[] _clients;
    private readonly FakePeer[] _servers;

    /// <param name="sessions">Live ones.</param>
    public EchoWorld(int sessions)
    {
        SocketAddress front = FakeAddress.IPv4(FrontPort);
        SocketAddress back = FakeAddress.IPv4(ServerPort);
        FakeListener server = _world.Listen(back);
        ServerSpec spec = new() { Name = "s", Address = back };
        Topology topology = new() { Backends = [new BackendSpec { Name = "b", Servers = [spec] }], Listeners = 1 };
        LoopOptions options = new() { Sessions = sessions };

        Arena measure = Arena.Measuring;
        _ = Shared(ref measure, sessions);
        _ = new RecordRing(ref measure, RecordsMax);
        _memory = NativeMapping.Create(measure.Used + LoopMemory.BytesRequired(options, topology) + Slack, null);
        Arena arena = _memory.AsArena();
        SharedState shared = Shared(ref arena, sessions);
        RecordRing records = new(ref arena, RecordsMax);
        _kernel = new FakeKernel(_world);
        ListenerSpec listener = new(_world.OpenListener(front, Backlog), Number: 0, Backend: 0, Shared: false);
        _loop = new EventLoop<FakeKernel>(_kernel, options, topology, shared, records, [listener], ref arena);

        _clients = new FakePeer[sessions];
        _servers = new FakePeer[sessions];
        for (int i = 0; i < sessions; i++)
        {
            _clients[i] = _world.Connect(front);
            Settle();
            _servers[i] = server.Accept();
        }
    }

    /// <summary>Events that the loop has handled.</summary>
    public long Events => _loop.Counters.Events;

    /// <summary>Bytes that it has relayed.</summary>
    public long Relayed => _loop.Counters.Up + _loop.Counters.Down;

    /// <summary>Each end of each session says something, the loop takes a turn, each end hears it.</summary>
    public void Turn()
    {
        Span<byte> message = stackalloc byte[MessageBytes];
        message.Clear();
        for (int i = 0; i < _clients.Length; i++)
        {
            _clients[i].Send(message);
            _servers[i].Send(message);
        }

        _loop.RunTurn();
        for (int i = 0; i < _clients.Length; i++)
        {
            Hear(_clients[i], message);
            Hear(_servers[i], message);
        }
    }

    public void Dispose() => _memory.Dispose();

    private void Settle()
    {
        while (_loop.HasWork || _kernel.HasEvents)
        {
            _loop.RunTurn();
        }
    }

    private static void Hear(FakePeer peer, Span<byte> message)
    {
        if (peer.Read(message) != message.Length)
        {
            throw new InvalidOperationException("a message was not relayed in the turn in which it came");
        }
    }

    private static SharedState Shared(ref Arena arena, int sessions) =>
        new(ref arena, listeners: 1, servers: 1, sessions, 2 * sessions);
}

using System;
using Lure.Core.Backends;
using Lure.Core.Kernel;
using Lure.Sim.Sockets;

namespace Lure.Sim.Tests;

/// <summary>
/// A script that makes every call of the seam, and moves peers without objects of their own: what is
/// left in a world after it is all that a reset has to clear away.
/// </summary>
internal sealed unsafe class WorkedWorld
{
    private const int BufferBytes = 4096;

    private readonly KernelEvent[] _events = new KernelEvent[8];
    private readonly byte[] _memory = GC.AllocateArray<byte>(BufferBytes, pinned: true);
    private readonly SocketAddress _silent = FakeAddress.IPv4(9001);
    private readonly SocketAddress _front = Rig.Address;
    private readonly SocketAddress _backend = Rig.Backend;
    private FakeKernel _kernel;
    private TcpSocket _server = null!;

    /// <summary>Calls that were made, about.</summary>
    public const int CallsPerSession = 24;

    /// <summary>Plays some sessions, and leaves the last one as it is.</summary>
    /// <returns>The hash of the trace.</returns>
    public ulong Play(FakeWorld world, ulong seed, int sessions)
    {
        Random64 random = new(seed);
        Array.Clear(_memory);
        _kernel = new FakeKernel(world);
        int listener = world.OpenListener(_front);
        _kernel.Watch(listener, Interest.Listener, 1);
        _server = world.Network.Create();
        _server.Listen(_backend, 128);
        world.OnConnect(_silent, ConnectOutcome.Delayed(5));
        for (int i = 0; i < sessions; i++)
        {
            Session(world, listener, (int)(random.Next() % BufferBytes), keep: i == sessions - 1);
        }

        return world.Trace.Hash;
    }

    private void Session(FakeWorld world, int listener, int bytes, bool keep)
    {
        TcpSocket peer = world.Network.Create();
        peer.Connect(_front);
        peer.Send(_memory.AsSpan(0, bytes), []);
        _kernel.Wait(_events, 0);
        int client = _kernel.Accept(listener, out _);
        int late = _kernel.Open(_silent);
        _kernel.Connect(late, _silent);
        int server = _kernel.Open(_backend);
        _kernel.Connect(server, _backend);
        _kernel.SetOption(client, SocketOption.NoDelay, 1);
        _kernel.Watch(client, Interest.Connection, 2);
        _kernel.Watch(server, Interest.Connection, 3);
        _kernel.Rewatch(server, Interest.Connection, 4);
        _kernel.MakePipe(out int readEnd, out int writeEnd);
        _kernel.Wait(_events, world.Now + 1);
        _kernel.ConnectResult(server);
        Run(OperationKind.Receive, client, 0, bytes / 2);
        Run(OperationKind.Splice, client, writeEnd, bytes);
        Run(OperationKind.Splice, readEnd, server, bytes);
        Run(OperationKind.Send, server, 0, bytes);
        TcpSocket far = _server.TakeAccepted()!;
        far.Receive(_memory, []);
        far.Close();
        _kernel.Wait(_events, world.Now);
        _kernel.Unacknowledged(server);
        _kernel.Shutdown(server);
        world.Advance(10);
        if (keep)
        {
            return;
        }

        _kernel.SetOption(client, SocketOption.ResetOnClose, 1);
        _kernel.Unwatch(server);
        _kernel.Close(client);
        _kernel.Close(server);
        _kernel.Close(late);
        _kernel.Close(readEnd);
        _kernel.Close(writeEnd);
        peer.Close();
    }

    private void Run(OperationKind kind, int fd, int target, int length)
    {
        fixed (byte* memory = _memory)
        {
            Operation operation = new()
            {
                Kind = kind,
                Fd = fd,
                Target = target,
                Vectors = 1,
                First = new IoVector { Base = memory, Length = (nuint)Math.Max(1, length) },
            };
            _kernel.Execute(new Span<Operation>(ref operation));
        }
    }
}

using System;
using Lure.Core.Kernel;
using Lure.Sim;
using Lure.Sim.Peers;

namespace Lure.Bench.Micro;

/// <summary>A batch of one receive and one of one send, through the seam to the kernel that is made up.</summary>
internal sealed unsafe class BatchWork : MicroWork
{
    private const int MessageBytes = 64;

    private readonly FakeKernel _kernel;
    private readonly FakePeer _peer;
    private readonly int _fd;
    private readonly byte* _bytes;

    public BatchWork()
    {
        FakeWorld world = new(new WorldOptions { IdleWaitReturns = true });
        _kernel = new FakeKernel(world);
        SocketAddress address = FakeAddress.IPv4(9_000);
        int listener = world.OpenListener(address);
        _peer = world.Connect(address);
        _ = _kernel.HasEvents;
        _fd = _kernel.Accept(listener, out _);
        _bytes = Memory.Take<byte>(MessageBytes);
    }

    public override void Run(int operations)
    {
        Span<byte> message = stackalloc byte[MessageBytes];
        message.Clear();
        for (int i = 0; i < operations; i++)
        {
            _peer.Send(message);
            Move(OperationKind.Receive);
            Move(OperationKind.Send);
            if (_peer.Read(message) != MessageBytes)
            {
                throw new InvalidOperationException("a message did not come back");
            }
        }
    }

    private void Move(OperationKind kind)
    {
        Span<Operation> batch = stackalloc Operation[1];
        batch[0] = new Operation
        {
            Kind = kind,
            Fd = _fd,
            Vectors = 1,
            First = new IoVector { Base = _bytes, Length = MessageBytes },
        };
        _kernel.Execute(batch);
    }
}

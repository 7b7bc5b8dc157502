using System;
using Lure.Core.Kernel;

namespace Lure.Sim.Tests.Sample;

/// <summary>A loop of somebody else's: it sends back what it reads, to the end. It runs on any kernel.</summary>
internal sealed unsafe class EchoLoop<TKernel>(TKernel kernel, int listener)
    where TKernel : struct, ISyscalls
{
    private const int Block = 64;
    private readonly KernelEvent[] _events = new KernelEvent[16];
    private readonly (int At, int Held)[] _blocks = new (int At, int Held)[1024];
    private readonly byte[] _memory = new byte[1024 * Block];

    public void Start() => kernel.Watch(listener, Interest.Listener, (ulong)listener);

    public bool Turn()
    {
        int count = kernel.Wait(_events, long.MaxValue);
        for (int i = 0; i < count; i++)
        {
            int fd = (int)_events[i].Token;
            if (fd != listener)
            {
                Echo(fd);
            }
            else if (kernel.Accept(listener, out _) is >= 0 and int accepted)
            {
                _blocks[accepted] = default;
                kernel.Watch(accepted, Interest.Connection, (ulong)accepted);
            }
        }
        return true;
    }

    // Edges are told once: it goes on until the kernel says EAGAIN.
    private void Echo(int fd)
    {
        fixed (byte* block = &_memory[fd * Block])
        {
            Operation next = new()
            {
                Fd = fd,
                Vectors = 1,
                Result = 1,
            };
            while (next.Result > 0)
            {
                (int at, int held) = _blocks[fd];
                next.Kind = held > 0 ? OperationKind.Send : OperationKind.Receive;
                next.First = new IoVector { Base = block + at, Length = (nuint)(held > 0 ? held : Block) };
                kernel.Execute(new Span<Operation>(ref next));
                int moved = int.Max(0, next.Result);
                _blocks[fd] = held > moved ? (at + moved, held - moved) : (0, held > 0 ? 0 : moved);
            }
            _ = next.Result == -Errno.Again ? 0 : kernel.Close(fd);
        }
    }
}

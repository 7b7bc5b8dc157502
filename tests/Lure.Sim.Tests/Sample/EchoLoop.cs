using System;
using System.Collections.Generic;
using Lure.Core.Kernel;

namespace Lure.Sim.Tests.Sample;

/// <summary>A loop of somebody else's: it sends back what it reads, to the end. It runs on any kernel.</summary>
internal sealed unsafe class EchoLoop<TKernel>(TKernel kernel, int listener)
    where TKernel : struct, ISyscalls
{
    private readonly KernelEvent[] _events = new KernelEvent[16];
    private readonly Dictionary<int, int> _waiting = [];
    private readonly byte[] _memory = GC.AllocateArray<byte>(1024 * 64, pinned: true);

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
                _waiting[accepted] = 0;
                kernel.Watch(accepted, Interest.Connection, (ulong)accepted);
            }
        }

        return true;
    }

    // Edges are told once: it goes on until the kernel says EAGAIN.
    private void Echo(int fd)
    {
        int moved = 1;
        while (moved > 0)
        {
            int held = _waiting[fd];
            moved = Move(held > 0 ? OperationKind.Send : OperationKind.Receive, fd, held > 0 ? held : 64);
            _waiting[fd] = held > 0 ? held - Math.Max(0, moved) : Math.Max(0, moved);
        }

        if (moved != -Errno.Again)
        {
            kernel.Close(fd);
        }
    }

    private int Move(OperationKind kind, int fd, int length)
    {
        fixed (byte* block = &_memory[fd * 64])
        {
            IoVector bytes = new() { Base = block, Length = (nuint)length };
            Operation operation = new()
            {
                Kind = kind,
                Fd = fd,
                Vectors = 1,
                First = bytes,
            };
            kernel.Execute(new Span<Operation>(ref operation));
            int left = length - operation.Result;
            _memory
                .AsSpan((fd * 64) + length - left, kind == OperationKind.Send && operation.Result > 0 ? left : 0)
                .CopyTo(_memory.AsSpan(fd * 64));
            return operation.Result;
        }
    }
}

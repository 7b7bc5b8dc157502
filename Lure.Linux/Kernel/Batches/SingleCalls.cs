using System;
using System.Runtime.CompilerServices;
using Lure.Analyzers;
using Lure.Core.Kernel;

namespace Lure.Linux.Kernel.Batches;

/// <summary>Runs a batch by one call for each operation, in order.</summary>
[HotPath]
internal readonly unsafe struct SingleCalls
{
    private readonly int* _errno;

    /// <param name="errno">Of the thread that calls.</param>
    public SingleCalls(int* errno) => _errno = errno;

    public void Execute(Span<Operation> operations)
    {
        foreach (ref Operation operation in operations)
        {
            Execute(ref operation);
        }
    }

    public void Execute(ref Operation operation) =>
        operation.Result = operation.Kind switch
        {
            OperationKind.Receive => Receive(ref operation),
            OperationKind.Send => Send(ref operation),
            OperationKind.Splice => Splice(ref operation),
            _ => -Errno.Invalid,
        };

    private int Receive(ref Operation operation)
    {
        if (operation.Vectors == 1)
        {
            return Answer(Libc.Receive(operation.Fd, operation.First.Base, operation.First.Length, 0));
        }

        fixed (IoVector* vectors = &operation.First)
        {
            return Answer(Libc.ReadVector(operation.Fd, vectors, operation.Vectors));
        }
    }

    private int Send(ref Operation operation)
    {
        if (operation.Vectors == 1)
        {
            const int Flags = LinuxConstants.SendWithoutSignal;
            return Answer(Libc.Send(operation.Fd, operation.First.Base, operation.First.Length, Flags));
        }

        // writev has no flag against SIGPIPE: the process ignores the signal (IgnoredSignals).
        fixed (IoVector* vectors = &operation.First)
        {
            return Answer(Libc.WriteVector(operation.Fd, vectors, operation.Vectors));
        }
    }

    private int Splice(ref Operation operation)
    {
        const uint Flags = LinuxConstants.SpliceMove | LinuxConstants.SpliceNonBlocking;
        return Answer(Libc.Splice(operation.Fd, null, operation.Target, null, operation.First.Length, Flags));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Answer(nint result) => result < 0 ? -*_errno : (int)result;
}

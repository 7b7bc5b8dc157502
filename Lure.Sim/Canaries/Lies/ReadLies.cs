using System;
using Lure.Core.Kernel;

namespace Lure.Sim.Canaries.Lies;

/// <summary>A byte is handed out twice; what follows is one byte late.</summary>
internal sealed unsafe class RepeatedByte : Lie
{
    public override void Execute(FakeKernel truth, ref Operation operation)
    {
        base.Execute(truth, ref operation);
        int count = Math.Min(operation.Result, (int)operation.First.Length);
        if (operation.Kind == OperationKind.Receive && count > 1)
        {
            Span<byte> bytes = new(operation.First.Base, count);
            bytes[..^1].CopyTo(bytes[1..]);
        }
    }
}

/// <summary>A read counts one byte less than it moved.</summary>
internal sealed class CountTooSmall : Lie
{
    public override void Execute(FakeKernel truth, ref Operation operation)
    {
        base.Execute(truth, ref operation);
        operation.Result -= operation.Kind == OperationKind.Receive && operation.Result > 1 ? 1 : 0;
    }
}

/// <summary>A reset is told as the end of the stream.</summary>
internal sealed class ResetAsEnd : Lie
{
    public override void Execute(FakeKernel truth, ref Operation operation)
    {
        base.Execute(truth, ref operation);
        if (operation.Kind == OperationKind.Receive && operation.Result == -Errno.ConnectionReset)
        {
            operation.Result = 0;
        }
    }
}

/// <summary>Bytes that came with a FIN are gone, and only the FIN is there.</summary>
internal sealed class TailDropped : Lie
{
    private readonly byte[] _lost = new byte[4096];

    public override void Execute(FakeKernel truth, ref Operation operation)
    {
        if (operation.Kind == OperationKind.Receive && truth.World.FindSocket(operation.Fd) is { } socket)
        {
            while ((socket.Poll() & Readiness.ReadHangUp) != 0 && socket.Readable > 0)
            {
                socket.Receive(_lost, []);
            }
        }

        base.Execute(truth, ref operation);
    }
}

/// <summary>A FIN is told as an interrupted read.</summary>
internal sealed class EndInterrupted : Lie
{
    public override void Execute(FakeKernel truth, ref Operation operation)
    {
        base.Execute(truth, ref operation);
        if (operation.Kind == OperationKind.Receive && operation.Result == 0)
        {
            operation.Result = -Errno.Interrupted;
        }
    }
}

/// <summary>A FIN was read, and the reader is told that nothing is there yet.</summary>
internal sealed class EndSwallowed : Lie
{
    public override void Execute(FakeKernel truth, ref Operation operation)
    {
        base.Execute(truth, ref operation);
        if (operation.Kind == OperationKind.Receive && operation.Result == 0)
        {
            operation.Result = -Errno.Again;
        }
    }
}

/// <summary>Bytes are there, and every third read is told that there are none.</summary>
internal sealed class DataHidden : Lie
{
    private int _reads;

    public override void Execute(FakeKernel truth, ref Operation operation)
    {
        bool full =
            operation.Kind == OperationKind.Receive && truth.World.FindSocket(operation.Fd) is { Readable: > 0 };
        if (full && ++_reads % 3 == 0)
        {
            operation.Result = -Errno.Again;
            return;
        }

        base.Execute(truth, ref operation);
    }
}

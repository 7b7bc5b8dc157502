using Lure.Core.Kernel;

namespace Lure.Sim.Canaries.Lies;

/// <summary>A write that was taken in part is told as taken whole.</summary>
internal sealed class ShortWriteHidden : Lie
{
    public override void Execute(FakeKernel truth, ref Operation operation)
    {
        base.Execute(truth, ref operation);
        if (operation.Kind == OperationKind.Send && operation.Result > 0)
        {
            operation.Result = (int)operation.Asked;
        }
    }
}

/// <summary>shutdown says that it sent the FIN, and did not.</summary>
internal sealed class FinNotSent : Lie
{
    public override int Shutdown(FakeKernel truth, int fd) => 0;
}

/// <summary>SO_LINGER is accepted and forgotten: what should be a reset is a FIN.</summary>
internal sealed class ResetForgotten : Lie
{
    public override int SetOption(FakeKernel truth, int fd, SocketOption option, int value)
    {
        int result = base.SetOption(truth, fd, option, value);
        if (option == SocketOption.ResetOnClose && truth.World.FindSocket(fd) is { } socket)
        {
            socket.ResetOnClose = false;
        }

        return result;
    }
}

/// <summary>SIOCOUTQ counts three bytes that are not there.</summary>
internal sealed class UnacknowledgedWrong : Lie
{
    public override int Unacknowledged(FakeKernel truth, int fd) =>
        base.Unacknowledged(truth, fd) is >= 0 and int count ? count + 3 : 0;
}

/// <summary>close says that it worked, and did nothing.</summary>
internal sealed class CloseNotDone : Lie
{
    public override int Close(FakeKernel truth, int fd) => 0;
}

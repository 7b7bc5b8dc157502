using Lure.Core.Kernel;

namespace Lure.Sim.Canaries.Lies;

/// <summary>accept hides that descriptors have run out, and says that the queue is empty.</summary>
internal sealed class PauseHidden : Lie
{
    public override int Accept(FakeKernel truth, int listener, out SocketAddress peer)
    {
        int result = base.Accept(truth, listener, out peer);
        return result < 0 && Fates.OfAccept(-result) == AcceptFate.Pause ? -Errno.Again : result;
    }
}

/// <summary>accept gives a descriptor once more that it gave before.</summary>
internal sealed class AcceptedTwice : Lie
{
    private int _last = -1;

    public override int Accept(FakeKernel truth, int listener, out SocketAddress peer)
    {
        if (_last >= 0)
        {
            peer = default;
            (int again, _last) = (_last, -1);
            return again;
        }

        int result = base.Accept(truth, listener, out peer);
        _last = result;
        return result;
    }
}

/// <summary>A connect that was refused is told as one that worked.</summary>
internal sealed class RefusalHidden : Lie
{
    public override int ConnectResult(FakeKernel truth, int fd)
    {
        base.ConnectResult(truth, fd);
        return 0;
    }
}

/// <summary>A command to drain that nobody gave.</summary>
internal sealed class CommandInvented : Lie
{
    private int _looks;

    public override bool TakeCommand(FakeKernel truth, out Command command)
    {
        bool taken = base.TakeCommand(truth, out command);
        if (taken || ++_looks != 20)
        {
            return taken;
        }

        command = new Command(CommandKind.Drain, long.MaxValue);
        return true;
    }
}

/// <summary>What one run does depends on the runs before it: every seventh accept is interrupted, counted over all of them.</summary>
internal sealed class MemoryOfEarlierRuns : Lie
{
    private int _accepts;

    public override int Accept(FakeKernel truth, int listener, out SocketAddress peer)
    {
        peer = default;
        return ++_accepts % 7 == 0 ? -Errno.Interrupted : base.Accept(truth, listener, out peer);
    }
}

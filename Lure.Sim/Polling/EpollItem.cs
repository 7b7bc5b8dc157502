using Lure.Core.Kernel;
using Lure.Sim.Descriptors;

namespace Lure.Sim.Polling;

/// <summary>One registration: what is watched, what for, and its places on the lists that it is on.</summary>
internal sealed class EpollItem
{
    /// <summary>EPOLLONESHOT: the loop has no use for it, so the seam does not name it.</summary>
    public const Interest OneShot = (Interest)(1u << 30);

    /// <summary>EP_PRIVATE_BITS: how to report, not what.</summary>
    private const Interest Manner = Interest.EdgeTriggered | OneShot | Interest.Exclusive;

    public required Epoll Owner { get; init; }

    public OpenFile File = null!;

    /// <summary>The number it was registered by: half of its key, and the number may mean something else by now.</summary>
    public int Fd;
    public Interest Interest;
    public ulong Token;

    /// <summary>EPOLLONESHOT has reported: not even ERR and HUP are told until EPOLL_CTL_MOD.</summary>
    public bool IsDisarmed;

    /// <summary>True exactly when the item is on its owner's ready list.</summary>
    public bool IsReady;
    public EpollItem? Previous;
    public EpollItem? Next;

    public EpollItem? PreviousOfFile;
    public EpollItem? NextOfFile;

    public EpollItem? PreviousOfOwner;
    public EpollItem? NextOfOwner;

    /// <summary>What it may be told: ERR and HUP cannot be masked (epoll_ctl(2)).</summary>
    public Readiness Mask =>
        IsDisarmed ? Readiness.None : (Readiness)(uint)(Interest & ~Manner) | Readiness.Error | Readiness.HangUp;
}

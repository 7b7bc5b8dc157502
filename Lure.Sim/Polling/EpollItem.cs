using Lure.Core.Kernel;
using Lure.Sim.Descriptors;

namespace Lure.Sim.Polling;

/// <summary>One registration: what is watched, what for, and its place on the ready list.</summary>
internal sealed class EpollItem
{
    public required Epoll Owner { get; init; }

    public OpenFile File = null!;
    public int Fd;
    public Interest Interest;
    public ulong Token;

    /// <summary>True exactly when the item is on its owner's ready list.</summary>
    public bool IsReady;
    public EpollItem? Previous;
    public EpollItem? Next;

    /// <summary>What it may be told: ERR and HUP cannot be masked (epoll_ctl(2)).</summary>
    public Readiness Mask =>
        (Readiness)(uint)(Interest & ~(Interest.EdgeTriggered | Interest.Exclusive))
        | Readiness.Error
        | Readiness.HangUp;
}

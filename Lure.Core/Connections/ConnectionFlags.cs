using System;

namespace Lure.Core.Connections;

/// <summary>
/// The state of a session in one word: all that a transition depends on, and nothing that is counted
/// or timed. So the machine is closed and can be enumerated (docs/ARCHITECTURE.md).
/// </summary>
/// <remarks>
/// Twelve bits for each side, the server's above the client's (<see cref="SideFlags.On"/>); then the
/// session's own, then small numbers (<see cref="SessionFields"/>, <see cref="Bulk"/>). Only
/// <see cref="Transitions"/> changes the word, but for the bits of the loop's bookkeeping.
/// </remarks>
[Flags]
public enum ConnectionFlags : ulong
{
    None = 0,

    /// <summary>True exactly when the descriptor of this side is held.</summary>
    Open = 1UL << 0,

    /// <summary>A read may find something: an edge came and no read has said "nothing" since.</summary>
    Readable = 1UL << 1,

    /// <summary>A write may find room: an edge came and no write fell short since.</summary>
    Writable = 1UL << 2,

    /// <summary>Something may be queued behind the next bytes (FIN, reset, urgent mark): a short read is not the last.</summary>
    Hinted = 1UL << 3,

    /// <summary>Its FIN was read, after its last byte.</summary>
    Eof = 1UL << 4,

    /// <summary>Reset, or failed otherwise: the one-shot error, kept. Nothing is written to it any more.</summary>
    Dead = 1UL << 5,

    /// <summary>Nothing more will come out of it.</summary>
    ReadDone = 1UL << 6,

    /// <summary>We have sent it a FIN.</summary>
    FinSent = 1UL << 7,

    /// <summary>True exactly when bytes wait to be written to it.</summary>
    Pending = 1UL << 8,

    /// <summary>The block of bytes for it has no room left.</summary>
    Full = 1UL << 9,

    /// <summary>Its kernel has acknowledged all that was written. Only asked while lingering.</summary>
    Quiet = 1UL << 10,

    /// <summary>One of our timers waited for it, in vain.</summary>
    TimedOut = 1UL << 11,

    /// <summary>All bits of one side; as it stands, the client's.</summary>
    SideMask = (1UL << 12) - 1,

    /// <summary>A server has to be chosen and connected to.</summary>
    ConnectDue = 1UL << 24,

    /// <summary>The server's socket reported something while connecting: ask how it went.</summary>
    VerdictDue = 1UL << 25,

    /// <summary>The attempt failed and has to be cleared away.</summary>
    AttemptFailed = 1UL << 26,

    /// <summary>Of the two streams, the server's ended first.</summary>
    ServerEndedFirst = 1UL << 27,

    /// <summary>The linger timer has ended: what is not acknowledged is given up.</summary>
    LingerOver = 1UL << 28,

    /// <summary>The timer no longer fits the state.</summary>
    TimerDue = 1UL << 29,

    /// <summary>Bookkeeping: true exactly when the slot is in the run queue.</summary>
    Queued = 1UL << 32,

    /// <summary>Bookkeeping: true exactly when the slot is in the list that finalize walks.</summary>
    Touched = 1UL << 33,

    /// <summary>Bookkeeping: the client's descriptor is not yet registered with epoll.</summary>
    WatchClientDue = 1UL << 34,

    /// <summary>Bookkeeping: the server's descriptor is not yet registered with epoll.</summary>
    WatchServerDue = 1UL << 35,

    /// <summary>Bookkeeping: the server's socket has keep-alive.</summary>
    KeepAliveSet = 1UL << 36,

    /// <summary>
    /// Bookkeeping: the client is a unix socket. A read of one stops at a passed descriptor (unix(7),
    /// SCM_RIGHTS) with more behind it and no edge to come, so only EAGAIN says that it is empty.
    /// </summary>
    ClientUnix = 1UL << 37,

    /// <summary>Bookkeeping: the server is a unix socket.</summary>
    ServerUnix = 1UL << 38,

    /// <summary>Bookkeeping: the server's socket has no TCP_NODELAY yet, and gets it before its second write.</summary>
    NoDelayDue = 1UL << 39,

    /// <summary>Bookkeeping: splice(2) was refused for what comes from the client, so it is copied.</summary>
    ClientCopied = 1UL << 60,

    /// <summary>Bookkeeping: the same of the server.</summary>
    ServerCopied = 1UL << 61,
}

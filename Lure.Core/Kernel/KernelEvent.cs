using System;
using System.Runtime.InteropServices;

namespace Lure.Core.Kernel;

/// <summary>What epoll reports; the values are those of linux/eventpoll.h.</summary>
[Flags]
public enum Readiness : uint
{
    None = 0,
    In = 0x001,

    /// <summary>Urgent data: a read stops at the mark, so a short one does not mean "empty".</summary>
    Urgent = 0x002,
    Out = 0x004,
    Error = 0x008,
    HangUp = 0x010,
    ReadHangUp = 0x2000,
}

/// <summary>
/// One report, laid out as struct epoll_event on x86-64: 12 bytes, packed, so that the kernel fills
/// the loop's own array.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4, Size = 12)]
public struct KernelEvent
{
    public Readiness Readiness;

    /// <summary>What was given to <see cref="ISyscalls.Watch"/>.</summary>
    public ulong Token;
}

/// <summary>What epoll is asked to watch; the values are those of linux/eventpoll.h.</summary>
[Flags]
public enum Interest : uint
{
    None = 0,
    In = 0x001,
    Urgent = 0x002,
    Out = 0x004,
    ReadHangUp = 0x2000,

    /// <summary>Of several epolls that watch one listener, not all are woken.</summary>
    Exclusive = 1u << 28,
    EdgeTriggered = 1u << 31,

    /// <summary>
    /// A connection is watched once, for everything, by edges: what was reported is remembered in
    /// its flags, so no turn needs an epoll_ctl. Level-triggered was rejected for connections: it
    /// costs a call each time a side is stopped or resumed.
    /// </summary>
    Connection = In | Urgent | Out | ReadHangUp | EdgeTriggered,

    /// <summary>A listener is level-triggered: one that is left alone reports itself again.</summary>
    Listener = In,

    /// <summary>A listener that several workers watch: unix sockets, which have no SO_REUSEPORT groups.</summary>
    SharedListener = In | Exclusive,
}

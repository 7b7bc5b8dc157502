namespace Lure.Sim.Faults;

/// <summary>
/// What a kernel, a network, a peer or an operator may do to a relay. Each has a knob of its own that a
/// seed turns (<see cref="Swarm"/>), and a census of how often the loop was given it.
/// </summary>
public enum Fault
{
    /// <summary>X1: fewer bytes arrived than a read asked for; the rest comes later, with an edge of its own.</summary>
    ShortRead,

    /// <summary>X2: a write is taken in part, or not at all; room is told by an edge.</summary>
    ShortWrite,

    /// <summary>X3: readiness was reported, and the call finds nothing: the bytes come later, with a new edge.</summary>
    EarlyEvent,

    /// <summary>X4: a report of readiness without cause.</summary>
    SpuriousEvent,

    /// <summary>X5: a peer acts between the calls of the loop, so what belongs together is reported apart, and the other way round.</summary>
    SplitEvent,

    /// <summary>X6: sockets became ready in another order, or fewer of them are reported than fit.</summary>
    EventOrder,

    /// <summary>X7: a report for a descriptor that was closed, and whose slot may belong to another session by now.</summary>
    StaleEvent,

    /// <summary>X8: the reports of other kernels: ERR without HUP, HUP or IN|RDHUP in the middle of a good connect, a death without OUT.</summary>
    EventVariant,

    /// <summary>X9: EINTR.</summary>
    Interruption,

    /// <summary>X10: the clock jumps: the process was stopped, or the machine slept.</summary>
    ClockJump,

    /// <summary>X11: a FIN with the last byte, behind it, or before anything was read.</summary>
    FinPosition,

    /// <summary>X12: a reset at any moment, between two calls of one batch too.</summary>
    Reset,

    /// <summary>X13: a peer that closes with bytes unread, stops reading, or closes while it is still written to.</summary>
    RudePeer,

    /// <summary>X14: a connect that is refused, fails at once or later, times out, or works at once.</summary>
    ConnectOutcome,

    /// <summary>X15: accept fails: no descriptors, no memory, a connection that is gone, a network error.</summary>
    AcceptError,

    /// <summary>X16: socket or setsockopt fails.</summary>
    CallError,

    /// <summary>X17: epoll_ctl refuses to add.</summary>
    WatchError,

    /// <summary>X18: peers stop reading, some or all, and go on in another order.</summary>
    Clog,

    /// <summary>X19: peers that send a byte at a time, or as much as goes.</summary>
    Pace,

    /// <summary>X20: pools, buffers, batches and limits of a few.</summary>
    Exhaustion,

    /// <summary>X21: an established connection dies of ETIMEDOUT or EHOSTUNREACH.</summary>
    DeadNetwork,

    /// <summary>X22: shutdown finds the connection gone (ENOTCONN), close reports EIO or EINTR.</summary>
    CloseError,

    /// <summary>X23: an operator: drain, stop, a look at the counters.</summary>
    Operator,

    /// <summary>X24: urgent data.</summary>
    Urgent,

    /// <summary>X25: splice: full slots, an ambiguous EAGAIN, refusal.</summary>
    Splice,

    /// <summary>X28: memory that is not the reader's is scribbled over: behind the bytes that were read, and in free blocks.</summary>
    Scribble,

    /// <summary>X29: a descriptor is passed with some bytes of a unix socket: a read ends behind them, with more to come and no edge for it.</summary>
    PassedDescriptor,
}

namespace Lure.Core.Kernel;

/// <summary>
/// The odd branches of the loop. A test that claims to reach one asserts its mark, and a campaign
/// of the simulator says which were never reached.
/// </summary>
public enum MarkId
{
    /// <summary>An event for a slot that was given to another session since.</summary>
    StaleEvent,

    /// <summary>epoll_wait was interrupted by a signal.</summary>
    WaitInterrupted,

    /// <summary>A descriptor could not be watched, so its session was ended.</summary>
    WatchRefused,

    /// <summary>Accept met an error that passes by itself.</summary>
    AcceptRetried,

    /// <summary>Accept ran out of descriptors or memory: the listener is masked for a while.</summary>
    AcceptPaused,

    /// <summary>The process is at its limit of sessions: the listener is masked, the backlog waits.</summary>
    AcceptFull,

    /// <summary>A listener failed for good and was closed.</summary>
    ListenerFailed,

    /// <summary>An attempt failed and another server is tried.</summary>
    NextServer,

    /// <summary>Every server is ejected, so all are tried.</summary>
    AllEjected,

    /// <summary>The client's bytes were kept while no server was there for them.</summary>
    EarlyBytes,

    /// <summary>A reset or failure was learned from a write, so the reader may see it as an end of file.</summary>
    ResetLearnedByWrite,

    /// <summary>A FIN was refused, because the side that it was for is gone.</summary>
    DeathLearnedByFin,

    /// <summary>A read came to an end whose error a write was given before: that is no FIN.</summary>
    EndAfterLostError,

    /// <summary>A read was continued after a short one because something is queued behind it.</summary>
    ShortReadNotLast,

    /// <summary>Bytes were left over and their block stays with its direction.</summary>
    Blocked,

    /// <summary>A read took two vectors: the rest of a block, and a second one.</summary>
    VectoredRead,

    /// <summary>Two blocks were left after a write and became one.</summary>
    Compacted,

    /// <summary>A direction used up its budget of the turn.</summary>
    BudgetSpent,

    /// <summary>The last FIN was sent by close instead of shutdown.</summary>
    FinByClose,

    /// <summary>A reset waits until what was accepted before it is acknowledged.</summary>
    LingerWaits,

    /// <summary>The linger timer ended a session with bytes unacknowledged.</summary>
    LingerExpired,

    /// <summary>A timer came due for a session that had been active since it was armed.</summary>
    TimerRearmed,

    /// <summary>The end record ring was full.</summary>
    RecordDropped,

    /// <summary>The drain deadline ended sessions.</summary>
    DrainDeadline,

    /// <summary>A direction proved to be a bulk stream: from now on it is spliced.</summary>
    BulkBegun,

    /// <summary>A bulk stream has become thin: it is copied again.</summary>
    BulkEnded,

    /// <summary>Every pipe is in use, so a bulk stream is copied.</summary>
    PipesInUse,

    /// <summary>The kernel made no pipe: bulk streams are copied for a while.</summary>
    PipeRefused,

    /// <summary>A splice into a pipe with bytes found nothing to read or no room: the pipe is drained first.</summary>
    PipeFull,

    /// <summary>A splice out of a pipe fell short, which says nothing: it is tried again.</summary>
    SpliceFellShort,

    /// <summary>A splice was refused, so its direction is copied for good.</summary>
    SpliceRefused,

    /// <summary>A splice told an end, or nothing although something was announced: it gets no further than an urgent byte, so a read is asked.</summary>
    SpliceStopped,

    /// <summary>A report of an end or error behind a pipe that seemed to be full: it is looked at once more.</summary>
    EndBehindPipe,

    /// <summary>A session ended with bytes in its pipe, which is closed: nobody else may be given them.</summary>
    PipeDiscarded,

    /// <summary>A session contradicted itself and was ended as such.</summary>
    SelfCheckFailed,
}

namespace Lure.Sim;

/// <summary>The sizes of a <see cref="FakeWorld"/>; small ones meet every full buffer within a few bytes.</summary>
public sealed record WorldOptions
{
    /// <summary>ns on the clock at the start.</summary>
    public long StartTime { get; init; } = 1_000_000_000;

    /// <summary>Bytes that a socket takes before its peer's window has room for them (SO_SNDBUF, without the overhead of skbs).</summary>
    public int SendBuffer { get; init; } = 64 * 1024;

    /// <summary>
    /// Bytes of memory that a unix socket may hold for its peer (SO_SNDBUF as getsockopt tells it):
    /// each send costs at least 768, so less than a kernel's minimum of 4608 takes little.
    /// </summary>
    public int UnixSendBuffer { get; init; } = 212_992;

    /// <summary>Bytes that a socket holds for its reader (SO_RCVBUF): the window.</summary>
    public int ReceiveBuffer { get; init; } = 64 * 1024;

    /// <summary>What else Linux answers, depending on how it has cut a stream into segments, which is not known here.</summary>
    public Segmentation Segmentation { get; init; }

    /// <summary>One above the largest descriptor number (RLIMIT_NOFILE).</summary>
    public int DescriptorLimit { get; init; } = 1024;

    /// <summary>Slots of a new pipe, each up to a page (pipe(7)).</summary>
    public int PipeSlots { get; init; } = 16;

    /// <summary>
    /// What a wait without an end does when nothing can ever happen: false ends the run with a
    /// <see cref="WorldDeadlockException"/>, true lets it return 0.
    /// </summary>
    public bool IdleWaitReturns { get; init; }

    /// <summary>Whether a broken rule ends the run at once; else it is only recorded in <see cref="FakeWorld.Violations"/>.</summary>
    public bool ThrowOnViolation { get; init; } = true;
}

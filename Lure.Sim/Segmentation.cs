using System;

namespace Lure.Sim;

/// <summary>
/// What follows, on Linux, from the sizes of the segments that a stream was cut into. The fake moves bytes
/// without segments, so it is told; each combination is one that a real kernel shows.
/// </summary>
/// <remarks>
/// Mostly of streams that have filled a window: before that the answers are nearly always the same however
/// they were cut.
/// </remarks>
[Flags]
public enum Segmentation
{
    None = 0,

    /// <summary>
    /// What is not acknowledged yet is more than the largest segment so far, with a FIN behind it: that one is
    /// acknowledged when it comes, or by the first read of what lies before it (__tcp_ack_snd_check,
    /// __tcp_cleanup_rbuf). Else the acknowledgement comes with what is sent next.
    /// </summary>
    LongEnd = 1,

    /// <summary>
    /// The acknowledgement of what has filled a window opens it by a segment, for those that lie in the
    /// queue take less memory than was thought (tcp_select_window, scaling_ratio).
    /// </summary>
    LooseWindow = 2,
}

using System;

namespace Lure.Sim;

/// <summary>
/// What follows, on Linux, from the sizes of the segments that a stream was cut into. The fake moves bytes
/// without segments, so it is told; each combination is one that a real kernel shows.
/// </summary>
/// <remarks>
/// Only streams that have filled a window come into question: before that the answers are the same however
/// they were cut.
/// </remarks>
[Flags]
public enum Segmentation
{
    None = 0,

    /// <summary>
    /// A read that takes the last bytes before a FIN acknowledges it at once, for they were more than one
    /// segment (__tcp_cleanup_rbuf); else the acknowledgement comes with what is sent next.
    /// </summary>
    LongEnd = 1,

    /// <summary>
    /// The acknowledgement of what has filled a window opens it by a segment, for those that lie in the
    /// queue take less memory than was thought (tcp_select_window, scaling_ratio).
    /// </summary>
    LooseWindow = 2,
}

using Lure.Core.Records;
using Lure.Linux.Configuration;

namespace Lure.Linux.Logging;

/// <summary>How a record becomes a line of text. Used by one thread; allocates nothing per line.</summary>
internal abstract class LineFormat
{
    /// <summary>
    /// More than a line has without names: 40 fields of at most 20 digits and 17 letters of key. It
    /// is also more than the 4 KiB that Utf8JsonWriter asks for when it is given too little at first.
    /// </summary>
    protected const int FixedBytesMax = 4608;

    /// <summary>Bytes of the longest line that this format can write with the names it was given.</summary>
    public abstract int LineMax { get; }

    /// <param name="format">The form.</param>
    /// <param name="names">What the numbers in a record are called.</param>
    /// <param name="clock">What the times in a record mean.</param>
    public static LineFormat Create(LogFormat format, LogNames names, WallClock clock) =>
        format switch
        {
            LogFormat.Json => new JsonFormat(names, clock),
            LogFormat.Logfmt => new LogfmtFormat(names, clock),
            _ => new HAProxyFormat(names, clock),
        };

    /// <summary>Adds the line of a record of kind <see cref="RecordKind.SessionEnd"/>, newline included.</summary>
    public abstract void WriteSession(LineBuffer line, in LoopRecord record);

    /// <summary>Adds the line of anything else, newline included.</summary>
    public abstract void WriteEvent(LineBuffer line, in OperatorEvent told);
}

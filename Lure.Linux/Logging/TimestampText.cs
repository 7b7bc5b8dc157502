using System;
using System.Globalization;

namespace Lure.Linux.Logging;

/// <summary>
/// Writes points in time down to the millisecond. The text of the whole second is kept: the records
/// of a busy relay share it.
/// </summary>
/// <remarks>
/// UTC, also where HAProxy prints local time without saying which: a log that has an hour twice each
/// autumn cannot be sorted, and reading the zone files would be the only use of them in the program.
/// </remarks>
internal sealed class TimestampText
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerMillisecond = 1_000_000;

    private readonly byte[] _second = new byte[32];
    private readonly string _format;
    private readonly bool _endsWithZ;
    private long _secondHeld;
    private int _length;

    private TimestampText(string format, bool endsWithZ)
    {
        _format = format;
        _endsWithZ = endsWithZ;
        Hold(0);
    }

    /// <summary><c>21/Aug/2026:18:01:40.512</c>, as in HAProxy's %t.</summary>
    public static TimestampText ForHAProxy() => new("dd'/'MMM'/'yyyy':'HH':'mm':'ss", endsWithZ: false);

    /// <summary><c>2026-08-21T18:01:40.512Z</c> (RFC 3339).</summary>
    public static TimestampText ForRfc3339() => new("yyyy'-'MM'-'dd'T'HH':'mm':'ss", endsWithZ: true);

    /// <param name="line">Where to write.</param>
    /// <param name="unix">ns since 1970-01-01 UTC.</param>
    public void Write(LineBuffer line, long unix)
    {
        long second = Math.DivRem(unix, NanosecondsPerSecond, out long rest);
        if (rest < 0)
        {
            second--;
            rest += NanosecondsPerSecond;
        }

        if (second != _secondHeld)
        {
            Hold(second);
        }

        line.Add(_second.AsSpan(0, _length));
        line.Add((byte)'.');
        line.AddPadded(rest / NanosecondsPerMillisecond, digits: 3);
        if (_endsWithZ)
        {
            line.Add((byte)'Z');
        }
    }

    private void Hold(long second)
    {
        DateTime time = DateTime.UnixEpoch.AddTicks(second * TimeSpan.TicksPerSecond);
        _ = time.TryFormat(_second, out _length, _format, CultureInfo.InvariantCulture);
        _secondHeld = second;
    }
}

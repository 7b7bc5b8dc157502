using System;
using Lure.Core;

namespace Lure.Linux.Logging;

/// <summary>
/// Turns the loop's monotonic time into wall clock time, by their difference. The difference is
/// taken anew every second, because the wall clock is stepped and slewed while a session lasts.
/// </summary>
internal sealed class WallClock
{
    private const long RefreshAfter = 1_000_000_000;

    private readonly TimeProvider _time;
    private long _offset;
    private long _refreshedAt;

    /// <param name="time">
    /// Its timestamp has to be the clock of the records: CLOCK_MONOTONIC in nanoseconds, which
    /// <see cref="TimeProvider.System"/> is on Linux.
    /// </param>
    public WallClock(TimeProvider time)
    {
        Check.That(time.TimestampFrequency == 1_000_000_000, "monotonic time is counted in nanoseconds");
        _time = time;
        Refresh(time.GetTimestamp());
    }

    /// <summary>Monotonic ns; also what keeps the difference fresh.</summary>
    public long Now()
    {
        long now = _time.GetTimestamp();
        if (now - _refreshedAt >= RefreshAfter)
        {
            Refresh(now);
        }

        return now;
    }

    /// <summary>ns since 1970-01-01 UTC, held at the ends of what 64 bits can say (1677 and 2262).</summary>
    public long ToUnix(long monotonic)
    {
        long sum = unchecked(monotonic + _offset);
        bool overflowed = ((monotonic ^ sum) & (_offset ^ sum)) < 0;
        return overflowed ? (_offset < 0 ? long.MinValue : long.MaxValue) : sum;
    }

    private void Refresh(long now)
    {
        _offset = ((_time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) * 100) - now;
        _refreshedAt = now;
    }
}

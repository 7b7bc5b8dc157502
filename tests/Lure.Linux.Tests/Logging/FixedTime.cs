using System;

namespace Lure.Linux.Tests.Logging;

/// <summary>A clock that stands, until it is moved.</summary>
internal sealed class FixedTime : TimeProvider
{
    public const long Start = 1_000_000_000_000;

    public long Monotonic { get; set; } = Start;

    public DateTimeOffset Utc { get; set; } = new(2026, 8, 21, 18, 1, 40, 512, TimeSpan.Zero);

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => Monotonic;

    public override DateTimeOffset GetUtcNow() => Utc;
}

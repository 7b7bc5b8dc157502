namespace Lure.Bench.Rows;

/// <summary>Quotients of what was counted.</summary>
internal static class Rate
{
    /// <summary>Fewer than these say nothing about what one costs.</summary>
    public const long OperationsMin = 200;

    private const double NanosecondsPerMicrosecond = 1e3;
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>µs of each operation; NaN for too few of them.</summary>
    public static double MicrosecondsEach(long nanoseconds, long operations) =>
        operations < OperationsMin ? double.NaN : nanoseconds / NanosecondsPerMicrosecond / operations;

    /// <summary>Operations a second; NaN for too few of them.</summary>
    public static double PerSecond(long operations, long nanoseconds) =>
        operations < OperationsMin ? double.NaN : operations * NanosecondsPerSecond / nanoseconds;
}

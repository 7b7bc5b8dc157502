namespace Lure.Bench.Rows;

/// <summary>Quotients of what was counted.</summary>
internal static class Rate
{
    /// <summary>Fewer than these say nothing about what one costs.</summary>
    public const long OperationsMin = 200;

    public const double BytesPerMegabyte = 1e6;
    public const double BytesPerGigabyte = 1e9;
    public const double NanosecondsPerMicrosecond = 1e3;
    public const double NanosecondsPerSecond = 1e9;

    /// <summary>Fewer bytes than these say nothing about what one costs.</summary>
    public const long BytesMin = 4_000_000;

    /// <summary>µs of each operation; NaN for too few of them.</summary>
    public static double MicrosecondsEach(long nanoseconds, long operations) =>
        Each(nanoseconds / NanosecondsPerMicrosecond, operations);

    /// <summary>Operations a second; NaN for too few of them.</summary>
    public static double PerSecond(long operations, long nanoseconds) =>
        operations < OperationsMin ? double.NaN : operations * NanosecondsPerSecond / nanoseconds;

    /// <summary>Of each operation; NaN for too few of them.</summary>
    public static double Each(double amount, long operations) =>
        operations < OperationsMin ? double.NaN : amount / operations;

    /// <summary>MB a second; NaN for too few bytes.</summary>
    public static double MegabytesPerSecond(long bytes, long nanoseconds) =>
        bytes < BytesMin ? double.NaN : bytes / BytesPerMegabyte * NanosecondsPerSecond / nanoseconds;

    /// <summary>Of each byte, times <paramref name="unit"/>; NaN for too few bytes.</summary>
    public static double PerBytes(double amount, long bytes, double unit) =>
        bytes < BytesMin ? double.NaN : amount / (bytes / unit);

    /// <summary>s of each GB; NaN for too few bytes.</summary>
    public static double SecondsPerGigabyte(long nanoseconds, long bytes) =>
        PerBytes(nanoseconds / NanosecondsPerSecond, bytes, BytesPerGigabyte);
}

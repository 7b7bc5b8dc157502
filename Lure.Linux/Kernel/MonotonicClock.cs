namespace Lure.Linux.Kernel;

/// <summary>The clock of the loops (CLOCK_MONOTONIC, clock_gettime(2)); read without entering the kernel.</summary>
internal static unsafe class MonotonicClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>ns since an arbitrary start.</summary>
    public static long Now()
    {
        TimeSpecification time;
        _ = Libc.GetTime(LinuxConstants.ClockMonotonic, &time);
        return (time.Seconds * NanosecondsPerSecond) + time.Nanoseconds;
    }
}

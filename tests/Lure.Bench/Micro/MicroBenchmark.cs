using System;

namespace Lure.Bench.Micro;

/// <summary>One hot part, alone.</summary>
/// <param name="Name">Without a space: it stands in the file of allowed bytes.</param>
/// <param name="Make">Sets it up, in memory of its own.</param>
internal sealed record MicroBenchmark(string Name, Func<MicroWork> Make)
{
    private const int OperationsToWarmUp = 2_000;
    private const int Operations = 10_000;

    /// <summary>What this thread allocates for an operation once it is warm, rounded up: one byte in thousands counts.</summary>
    public long BytesPerOperation()
    {
        using MicroWork work = Make();
        work.Run(OperationsToWarmUp);
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        work.Run(Operations);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return (bytes + Operations - 1) / Operations;
    }
}

using Lure.Analyzers;

namespace Lure.Linux.Kernel.Batches;

/// <summary>The kernel's side of the queues: the real one, or one that a test makes misbehave.</summary>
[HotPath]
internal interface IRingKernel
{
    RingQueues Queues { get; }

    /// <summary>Has entries run, from the head on, and answers queued, without waiting for any (io_uring_enter(2)).</summary>
    /// <param name="count">Of entries; 0 for answers alone.</param>
    /// <returns>The number of entries taken, or minus errno.</returns>
    int Enter(uint count);
}

using Lure.Linux.Kernel.Batches;

namespace Lure.Linux.Kernel;

/// <summary>How a worker uses its kernel. None of it shows in what the calls answer.</summary>
internal sealed record KernelOptions
{
    /// <summary>ns that a worker goes on looking for events before it sleeps, while that pays off; 0 for never.</summary>
    public long SpinTime { get; init; }

    /// <summary>Whether the receives and sends of a batch are one call, by io_uring(7), where it can be had.</summary>
    public bool BatchesByRing { get; init; }

    /// <summary>Counts batches, and says why there is no ring.</summary>
    public BatchCounters Batches { get; init; } = new();
}

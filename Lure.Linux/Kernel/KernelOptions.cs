namespace Lure.Linux.Kernel;

/// <summary>How a worker uses its kernel. None of it shows in what the calls answer.</summary>
internal sealed record KernelOptions
{
    /// <summary>ns that a worker goes on looking for events before it sleeps, while that pays off; 0 for never.</summary>
    public long SpinTime { get; init; }
}

using System;

namespace Lure.Linux.Proof;

/// <summary>What some work costs the collector.</summary>
/// <param name="Bytes">Allocated by this thread.</param>
/// <param name="Collections">Of any generation: a collection counts for its own and for all younger ones.</param>
internal readonly record struct Cost(long Bytes, int Collections)
{
    public bool IsNothing => this is { Bytes: 0, Collections: 0 };

    /// <summary>Of work on this thread that is warm.</summary>
    public static Cost Of(Action work)
    {
        int collections = GC.CollectionCount(0);
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        work();
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return new Cost(bytes, GC.CollectionCount(0) - collections);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Bytes:N0} bytes allocated, {Collections} collections");
}

namespace Lure.Linux.Kernel.Batches;

/// <summary>The two queues that a process and its kernel share: calls one way, answers the other.</summary>
/// <remarks>
/// Each has a head and a tail that run on and wrap at 2^32; the mask makes a place of either. The
/// kernel moves the head of the entries and the tail of the completions, the process the other two.
/// </remarks>
internal readonly unsafe struct RingQueues
{
    public uint* EntryHead { get; init; }

    public uint* EntryTail { get; init; }

    /// <summary>A power of two.</summary>
    public uint EntryCount { get; init; }

    public RingEntry* Entries { get; init; }

    public uint* CompletionHead { get; init; }

    public uint* CompletionTail { get; init; }

    public uint CompletionMask { get; init; }

    public RingCompletion* Completions { get; init; }
}

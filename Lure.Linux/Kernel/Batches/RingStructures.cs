using System.Runtime.InteropServices;

namespace Lure.Linux.Kernel.Batches;

/// <summary>struct io_uring_sqe, as far as it is used: one call that is asked for.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct RingEntry
{
    [FieldOffset(0)]
    public byte Operation;

    [FieldOffset(4)]
    public int Fd;

    /// <summary>Of a buffer, a message or, to cancel, the <see cref="UserData"/> of who is meant.</summary>
    [FieldOffset(16)]
    public ulong Address;

    /// <summary>Bytes; 1 for a message.</summary>
    [FieldOffset(24)]
    public uint Length;

    [FieldOffset(28)]
    public uint MessageFlags;

    [FieldOffset(32)]
    public ulong UserData;
}

/// <summary>struct io_uring_cqe: the answer to one call.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RingCompletion
{
    public ulong UserData;

    /// <summary>What the call returned: a count or minus errno.</summary>
    public int Result;

    public uint Flags;
}

/// <summary>struct io_uring_params.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RingParameters
{
    public uint SubmissionEntries;
    public uint CompletionEntries;
    public uint Flags;
    public fixed uint Unused[2];
    public uint Features;
    public fixed uint Reserved[4];
    public SubmissionOffsets Submission;
    public CompletionOffsets Completion;
}

/// <summary>struct io_sqring_offsets: where things lie in the mapping of the queues.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SubmissionOffsets
{
    public uint Head;
    public uint Tail;
    public uint Mask;
    public uint Entries;
    public uint Flags;
    public uint Dropped;
    public uint Array;
    public uint Reserved;
    public ulong UserAddress;
}

/// <summary>struct io_cqring_offsets.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CompletionOffsets
{
    public uint Head;
    public uint Tail;
    public uint Mask;
    public uint Entries;
    public uint Overflow;
    public uint Completions;
    public uint Flags;
    public uint Reserved;
    public ulong UserAddress;
}

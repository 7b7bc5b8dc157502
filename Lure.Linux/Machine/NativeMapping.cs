using System;
using Lure.Core.Kernel;
using Lure.Core.Memory;
using Lure.Linux.Kernel;
using Tmds.Linux;

namespace Lure.Linux.Machine;

/// <summary>Zeroed address space from the kernel (mmap(2)) whose pages come on first use, from the memory of a chosen node if there is a choice.</summary>
internal sealed unsafe class NativeMapping : IDisposable
{
    /// <summary>Kernels are built for at most this many nodes (CONFIG_NODES_SHIFT=10).</summary>
    private const int NodesMax = 1024;

    private byte* _start;

    private NativeMapping(byte* start, nuint size)
    {
        _start = start;
        Size = size;
    }

    /// <summary>Bytes.</summary>
    public nuint Size { get; }

    /// <param name="size">Bytes.</param>
    /// <param name="node">Whose memory to take; null for no wish.</param>
    /// <exception cref="InsufficientAddressSpaceException">The kernel does not give that much.</exception>
    public static NativeMapping Create(nuint size, int? node)
    {
        const int Protection = LinuxConstants.ProtectRead | LinuxConstants.ProtectWrite;
        const int Flags = LinuxConstants.MapPrivate | LinuxConstants.MapAnonymous | LinuxConstants.MapNoReserve;
        void* start = LibC.mmap(null, (size_t)(ulong)size, Protection, Flags, -1, 0);
        if (start == (void*)-1)
        {
            throw new InsufficientAddressSpaceException(size, LibC.errno);
        }

        // One touched byte of a huge page costs 2 MiB, and what is touched here is scattered.
        // Fails where the kernel has no huge pages, and then there is nothing to forbid.
        _ = LibC.madvise(start, (size_t)(ulong)size, LinuxConstants.AdviceNoHugePages);
        if (node is { } wanted)
        {
            _ = TryPrefer((byte*)start, size, wanted);
        }

        return new NativeMapping((byte*)start, size);
    }

    /// <summary>
    /// Preferred, not bound: a node that is full lends from the next one, where a binding would
    /// call the OOM killer while memory is free. A refusal (no such node, a seccomp filter of a
    /// container) costs speed and nothing else.
    /// </summary>
    /// <returns>Whether the kernel took the wish (mbind(2)).</returns>
    internal static bool TryPrefer(byte* start, nuint size, int node)
    {
        if (node is < 0 or >= NodesMax)
        {
            return false;
        }

        ulong* mask = stackalloc ulong[NodesMax / 64];
        new Span<ulong>(mask, NodesMax / 64).Clear();
        mask[node / 64] = 1UL << (node % 64);
        const int Policy = LinuxConstants.PolicyPreferred;
        nint call = LinuxConstants.CallMemoryBind;
        // The kernel takes one bit less than it is told.
        return Libc.SystemCall(call, (nint)start, (nint)size, Policy, (nint)mask, NodesMax + 1, 0) == 0;
    }

    /// <summary>All of it. The mapping has to outlive what is taken from it.</summary>
    public Arena AsArena() => new(_start, Size);

    public void Dispose()
    {
        if (_start is not null)
        {
            _ = LibC.munmap(_start, (size_t)(ulong)Size);
            _start = null;
        }
    }
}

/// <summary>The kernel refused a mapping: RLIMIT_AS, vm.overcommit_memory=2, or no address space.</summary>
internal sealed class InsufficientAddressSpaceException(nuint size, int errno)
    : Exception($"mmap of {size} bytes: {ErrnoName.Of(errno)}")
{
    /// <summary>Bytes asked for.</summary>
    public nuint Size { get; } = size;

    /// <summary>Positive.</summary>
    public int Number { get; } = errno;
}

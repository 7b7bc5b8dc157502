using System;
using System.Runtime.InteropServices;
using Lure.Core.Memory;

namespace Lure.Core.Tests.Memory;

/// <summary>Zeroed memory for a test, given back at its end.</summary>
internal sealed unsafe class TestArena : IDisposable
{
    private const nuint Page = 4096;

    private readonly void* _memory;

    public Arena Arena;

    /// <summary>Where the arena begins: on a page.</summary>
    public void* Start { get; }

    /// <summary>Bytes of the arena.</summary>
    public nuint Size { get; }

    public TestArena(nuint bytes)
    {
        // Not AlignedAlloc and Clear, which would touch every page of it.
        _memory = NativeMemory.AllocZeroed(bytes + Page);
        nuint start = ((nuint)_memory + Page - 1) & ~(Page - 1);
        Arena = new Arena((byte*)start, bytes);
        Start = (void*)start;
        Size = bytes;
    }

    public void Dispose() => NativeMemory.Free(_memory);
}

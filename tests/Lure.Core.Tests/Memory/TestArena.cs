using System;
using System.Runtime.InteropServices;
using Lure.Core.Memory;

namespace Lure.Core.Tests.Memory;

/// <summary>Zeroed memory for a test, given back at its end.</summary>
internal sealed unsafe class TestArena : IDisposable
{
    private readonly void* _memory;

    public Arena Arena;

    public TestArena(nuint bytes)
    {
        _memory = NativeMemory.AlignedAlloc(bytes, 4096);
        NativeMemory.Clear(_memory, bytes);
        Arena = new Arena((byte*)_memory, bytes);
    }

    public void Dispose() => NativeMemory.AlignedFree(_memory);
}

using System;
using System.Runtime.InteropServices;
using Lure.Core.Memory;
using Lure.Core.Records;

namespace Lure.Linux.Tests.Logging;

/// <summary>A ring as a loop has it, with memory of its own.</summary>
internal sealed unsafe class RingOfRecords : IDisposable
{
    private const nuint LineBytes = 64;

    private readonly void* _memory;

    public RingOfRecords(int capacity)
    {
        Arena measuring = Arena.Measuring;
        _ = new RecordRing(ref measuring, capacity);
        _memory = NativeMemory.AlignedAlloc(measuring.Used, LineBytes);
        NativeMemory.Clear(_memory, measuring.Used);
        Arena arena = new((byte*)_memory, measuring.Used);
        Ring = new RecordRing(ref arena, capacity);
    }

    public RecordRing Ring { get; }

    public void Dispose() => NativeMemory.AlignedFree(_memory);
}

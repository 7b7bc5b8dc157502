using System;
using Lure.Analyzers;

namespace Lure.Core.Memory;

/// <summary>
/// Hands out pieces of one mapping that was made before the loop started. Nothing is given back.
/// </summary>
/// <remarks>
/// The memory comes from outside, zeroed, so that the program can bind it to a node and the
/// simulator can look into it. Pages come on first use: sizes here are address space, not memory.
/// </remarks>
public unsafe struct Arena
{
    /// <summary>Every piece starts on a cache line of its own.</summary>
    public const nuint Alignment = 64;

    private readonly byte* _start;
    private readonly nuint _size;
    private nuint _used;

    /// <param name="start">Zeroed memory, aligned to a cache line; null to measure what is needed.</param>
    /// <param name="size">Bytes.</param>
    public Arena(byte* start, nuint size)
    {
        _start = start;
        _size = size;
        _used = 0;
    }

    /// <summary>Bytes handed out so far, alignment included.</summary>
    public readonly nuint Used => _used;

    /// <summary>An arena that hands out nothing and only adds up.</summary>
    public static Arena Measuring => new(null, nuint.MaxValue / 2);

    /// <returns>Zeroed memory for that many values, or null from a measuring arena.</returns>
    [ColdPath("memory is handed out at start", perTurnMax: 0)]
    public T* Take<T>(int count)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return (T*)TakeAligned((nuint)count * (nuint)sizeof(T), Alignment);
    }

    /// <returns>Zeroed bytes that share no page with another piece.</returns>
    [ColdPath("memory is handed out at start", perTurnMax: 0)]
    public byte* TakePages(nuint bytes)
    {
        const nuint page = 4096;
        return TakeAligned((bytes + page - 1) & ~(page - 1), page);
    }

    private byte* TakeAligned(nuint bytes, nuint alignment)
    {
        nuint from = (nuint)_start + _used;
        nuint skipped = ((from + alignment - 1) & ~(alignment - 1)) - from;
        // A measuring arena does not know where it would start: it assumes the worst place.
        nuint needed = (bytes + Alignment - 1 & ~(Alignment - 1)) + (_start is null ? alignment - Alignment : skipped);
        if (needed > _size - _used)
        {
            throw new InvalidOperationException($"the arena has {_size} bytes, {_used + needed} are needed");
        }

        byte* piece = _start is null ? null : _start + _used + skipped;
        _used += needed;
        return piece;
    }
}

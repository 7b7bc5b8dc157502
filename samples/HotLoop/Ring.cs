using System;
using Lure.Analyzers;

namespace HotLoop;

/// <summary>The last values that were added.</summary>
[HotPath]
public struct Ring
{
    private readonly long[] _slots;
    private int _next;

    [ColdPath("made at start", perTurnMax: 0)]
    public Ring(int size) => _slots = new long[size];

    public void Add(long value) => _slots[_next++ & (_slots.Length - 1)] = value;

    public readonly long Max()
    {
        long max = long.MinValue;
        foreach (long value in _slots)
        {
            max = Math.Max(max, value);
        }

        return max;
    }

    public readonly long Any(Random random) => _slots[random.Next(_slots.Length)];

#if MISTAKES
    public readonly object Boxed() => _next;

    public readonly long[] Copied() => [.. _slots];
#endif
}

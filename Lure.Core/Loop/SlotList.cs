using System;
using Lure.Analyzers;
using Lure.Core.Memory;

namespace Lure.Core.Loop;

/// <summary>Slots that something is due for. Each is in it at most once.</summary>
[HotPath]
internal unsafe struct SlotList
{
    private readonly int* _slots;
    private readonly int _capacity;
    private int _count;

    [ColdPath("takes its memory, once", perTurnMax: 0)]
    public SlotList(ref Arena arena, int capacity)
    {
        _slots = arena.Take<int>(capacity);
        _capacity = capacity;
    }

    public readonly int Count => _count;

    public readonly ReadOnlySpan<int> Slots => new(_slots, _count);

    public void Add(int slot)
    {
        Check.That(_count < _capacity, "a slot is listed once");
        _slots[_count++] = slot;
    }

    public void Clear() => _count = 0;
}

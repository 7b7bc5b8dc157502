using System.Numerics;
using Lure.Analyzers;
using Lure.Core.Memory;

namespace Lure.Core.Loop;

/// <summary>Slots in the order in which they became runnable. Each is in it at most once, so it cannot overflow.</summary>
[HotPath]
internal unsafe struct SlotQueue
{
    private readonly int* _slots;
    private readonly uint _mask;
    private uint _head;
    private uint _tail;

    public SlotQueue(ref Arena arena, int capacity)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)capacity);
        _slots = arena.Take<int>(size);
        _mask = (uint)size - 1;
    }

    public readonly int Count => (int)(_head - _tail);

    public void Add(int slot)
    {
        Check.That(Count <= (int)_mask, "a slot is queued once");
        _slots[_head++ & _mask] = slot;
    }

    public int Take() => _slots[_tail++ & _mask];
}

/// <summary>Slots that something is due for. Each is in it at most once.</summary>
[HotPath]
internal unsafe struct SlotList
{
    private readonly int* _slots;
    private readonly int _capacity;
    private int _count;

    public SlotList(ref Arena arena, int capacity)
    {
        _slots = arena.Take<int>(capacity);
        _capacity = capacity;
    }

    public readonly int Count => _count;

    public readonly int this[int index] => _slots[index];

    public void Add(int slot)
    {
        Check.That(_count < _capacity, "a slot is listed once");
        _slots[_count++] = slot;
    }

    public void Clear() => _count = 0;
}

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

    [ColdPath("takes its memory, once", perTurnMax: 0)]
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

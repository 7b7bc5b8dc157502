using Lure.Analyzers;
using Lure.Core.Memory;

namespace Lure.Core.Connections;

/// <summary>
/// Slots for sessions, found by index. Last in, first out: the slot that was hot a moment ago is used
/// again. What was never used is not touched, so memory follows the number of sessions.
/// </summary>
[HotPath]
public unsafe struct ConnectionPool
{
    private readonly Connection* _connections;
    private readonly ConnectionDetails* _details;
    private readonly int* _free;
    private int _freeCount;
    private int _highWater;

    [ColdPath("takes its memory, once", perTurnMax: 0)]
    public ConnectionPool(ref Arena arena, int capacity)
    {
        Capacity = capacity;
        _connections = arena.Take<Connection>(capacity);
        _details = arena.Take<ConnectionDetails>(capacity);
        _free = arena.Take<int>(capacity);
    }

    public int Capacity { get; }

    public readonly int Used => _highWater - _freeCount;

    /// <summary>Slots below this index have been used at least once.</summary>
    public readonly int HighWater => _highWater;

    /// <summary>The hot line of a slot.</summary>
    public readonly Connection* this[int slot] => _connections + slot;

    public readonly ConnectionDetails* Details(int slot) => _details + slot;

    /// <returns>A slot whose lines hold nothing but their generation, or -1 when all are in use.</returns>
    public int Take()
    {
        if (_freeCount > 0)
        {
            return _free[--_freeCount];
        }

        return _highWater < Capacity ? _highWater++ : -1;
    }

    /// <summary>Gives a slot back; tokens that name its old generation go stale.</summary>
    public void Return(int slot)
    {
        Check.That(_freeCount < _highWater, "a slot is returned once");
        Connection* connection = _connections + slot;
        Check.That(connection->Flags != ConnectionFlags.None, "a free slot is not returned");
        uint generation = connection->Generation;
        *connection = default;
        connection->Generation = generation + 1;
        _details[slot] = default;
        _free[_freeCount++] = slot;
    }
}

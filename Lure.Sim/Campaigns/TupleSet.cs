using System;
using Lure.Core.Backends;

namespace Lure.Sim.Campaigns;

/// <summary>
/// Abstract states that were met, each with the first seed that met it: so how their number grew can be
/// told afterwards, and comes out the same however many jobs shared the seeds.
/// </summary>
internal sealed class TupleSet
{
    private const int InitialSize = 1 << 14;

    private ulong[] _keys = new ulong[InitialSize];
    private ulong[] _first = new ulong[InitialSize];

    public int Count { get; private set; }

    /// <param name="key">The state; never 0.</param>
    /// <param name="seed">Place of the seed in its campaign.</param>
    public void Add(ulong key, ulong seed)
    {
        int at = PlaceOf(key);
        if (_keys[at] == key)
        {
            _first[at] = Math.Min(_first[at], seed);
            return;
        }

        (_keys[at], _first[at]) = (key, seed);
        if (++Count > _keys.Length / 2)
        {
            Grow();
        }
    }

    public void Add(TupleSet other)
    {
        for (int i = 0; i < other._keys.Length; i++)
        {
            if (other._keys[i] != 0)
            {
                Add(other._keys[i], other._first[i]);
            }
        }
    }

    /// <summary>How many states the first seeds met, for each power of two of seeds and for all of them.</summary>
    public (ulong Seeds, long Met)[] Growth(ulong seeds)
    {
        int powers = seeds <= 1 ? 1 : 1 + (int)ulong.Log2(seeds - 1) + 1;
        var growth = new (ulong Seeds, long Met)[powers];
        for (int i = 0; i < powers; i++)
        {
            growth[i].Seeds = Math.Min(seeds, 1UL << i);
        }

        for (int i = 0; i < _keys.Length; i++)
        {
            if (_keys[i] != 0)
            {
                ulong first = _first[i];
                growth[first == 0 ? 0 : (int)ulong.Log2(first) + 1].Met++;
            }
        }

        for (int i = 1; i < powers; i++)
        {
            growth[i].Met += growth[i - 1].Met;
        }

        return growth;
    }

    private int PlaceOf(ulong key)
    {
        int mask = _keys.Length - 1;
        int at = (int)Random64.Mix(key) & mask;
        while (_keys[at] != 0 && _keys[at] != key)
        {
            at = (at + 1) & mask;
        }

        return at;
    }

    private void Grow()
    {
        (ulong[] keys, ulong[] first) = (_keys, _first);
        _keys = new ulong[2 * keys.Length];
        _first = new ulong[2 * keys.Length];
        Count = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[i] != 0)
            {
                Add(keys[i], first[i]);
            }
        }
    }
}

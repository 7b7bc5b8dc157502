using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Lure.Sim.Sockets;

/// <summary>Objects to be used again; it knows all that it ever made, so that all can be taken back at once.</summary>
internal sealed class ObjectPool<T>(Func<T> make)
    where T : class
{
    private readonly List<T> _all = [];
    private readonly Stack<T> _spare = new();
    private int _lent;

    /// <summary>Those that were given out since the last reset; some may have come back.</summary>
    public ReadOnlySpan<T> Lent => CollectionsMarshal.AsSpan(_all)[.._lent];

    /// <summary>Those that have not come back.</summary>
    public int InUse => _lent - _spare.Count;

    public T Rent()
    {
        if (_spare.TryPop(out T? spare))
        {
            return spare;
        }

        if (_lent == _all.Count)
        {
            _all.Add(make());
        }

        return _all[_lent++];
    }

    public void Return(T spare) => _spare.Push(spare);

    /// <summary>All are here again.</summary>
    public void Reset()
    {
        _spare.Clear();
        _lent = 0;
    }
}

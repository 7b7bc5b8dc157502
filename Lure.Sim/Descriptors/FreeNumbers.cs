using System;
using System.Numerics;

namespace Lure.Sim.Descriptors;

/// <summary>Which numbers are free, a bit each, so that the lowest is found without a walk over those in use.</summary>
internal sealed class FreeNumbers
{
    private const int WordBits = 64;

    private readonly int _first;
    private ulong[] _used = new ulong[4];

    /// <summary>No word before this one has a free bit.</summary>
    private int _lowestWord;

    /// <param name="first">The lowest number that is ever given.</param>
    public FreeNumbers(int first)
    {
        _first = first;
        Clear();
    }

    /// <summary>The lowest free number.</summary>
    public int Lowest
    {
        get
        {
            int word = _lowestWord;
            while (word < _used.Length && _used[word] == ulong.MaxValue)
            {
                word++;
            }

            _lowestWord = word;
            return (word * WordBits) + (word < _used.Length ? BitOperations.TrailingZeroCount(~_used[word]) : 0);
        }
    }

    public void Take(int number)
    {
        int word = number / WordBits;
        if (word >= _used.Length)
        {
            Array.Resize(ref _used, word * 2);
        }

        _used[word] |= 1UL << (number % WordBits);
    }

    public void Return(int number)
    {
        int word = number / WordBits;
        _used[word] &= ~(1UL << (number % WordBits));
        _lowestWord = Math.Min(_lowestWord, word);
    }

    /// <summary>All from the first on are free.</summary>
    public void Clear()
    {
        Array.Clear(_used);
        _used[0] = (1UL << _first) - 1;
        _lowestWord = 0;
    }
}

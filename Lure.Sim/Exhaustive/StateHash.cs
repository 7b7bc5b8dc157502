using Lure.Core.Backends;

namespace Lure.Sim.Exhaustive;

/// <summary>Folds what a state consists of into 64 bits, in the order in which it is told.</summary>
internal struct StateHash
{
    private ulong _hash;

    public readonly ulong Value => _hash;

    public void Add(ulong value) => _hash = Random64.Mix(_hash ^ value) + (_hash << 1);

    public void Add(long value) => Add((ulong)value);

    public void Add(bool value) => Add(value ? 1UL : 0UL);

    /// <summary>Several truths at once.</summary>
    public void Add(params System.ReadOnlySpan<bool> values)
    {
        ulong bits = 1;
        foreach (bool value in values)
        {
            bits = (bits << 1) | (value ? 1UL : 0UL);
        }

        Add(bits);
    }
}

using Lure.Analyzers;

namespace Lure.Core.Backends;

/// <summary>A small generator with a seed (SplitMix64, Steele, Lea and Flood, 2014): the same seed, the same choices.</summary>
[HotPath]
public struct Random64(ulong seed)
{
    private ulong _state = seed;

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15UL);

    /// <returns>0 to <paramref name="bound"/>, exclusive. The bias is below bound / 2^32.</returns>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>Spreads the bits of a number over all 64.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}

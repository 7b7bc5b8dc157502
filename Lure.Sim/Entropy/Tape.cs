using System;
using System.Buffers.Binary;
using Lure.Core.Backends;

namespace Lure.Sim.Entropy;

/// <summary>
/// Where all choices of a simulation come from: bytes, read front to back. A seed stands for an endless
/// tape; a tape of given bytes goes on in zeros, and zero always means the benign choice: no fault, a
/// whole transfer, nobody interferes.
/// </summary>
public sealed class Tape
{
    private byte[] _bytes;
    private int _length;
    private Random64 _random;
    private bool _endless;

    /// <summary>The tape of a seed.</summary>
    public Tape(ulong seed)
    {
        _bytes = new byte[4096];
        Rewind(seed);
    }

    /// <summary>A tape that was cut, edited or read from a file.</summary>
    public Tape(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes.ToArray();
        _length = bytes.Length;
    }

    /// <summary>Bytes read so far.</summary>
    public int Used { get; private set; }

    /// <summary>The bytes read so far.</summary>
    public ReadOnlySpan<byte> Read => _bytes.AsSpan(0, Math.Min(Used, _length));

    /// <summary>Begins the tape of another seed, in the same memory.</summary>
    public void Rewind(ulong seed)
    {
        _random = new Random64(Random64.Mix(seed ^ 0x6C75_7265_7461_7065));
        _endless = true;
        _length = 0;
        Used = 0;
    }

    /// <returns>0 to <paramref name="bound"/>, exclusive; nearly even. A bound of 1 or less reads nothing.</returns>
    public int Below(int bound) =>
        bound <= 1 ? 0
        : bound <= 1 << 8 ? (Byte() * bound) >> 8
        : bound <= 1 << 16 ? (int)(((long)Word() * bound) >> 16)
        : (int)(((ulong)(uint)((Word() << 16) + Word()) * (ulong)bound) >> 32);

    /// <summary>From one number to another, both included; the first is the benign one.</summary>
    public int Between(int first, int last) =>
        first <= last ? first + Below(last - first + 1) : first - Below(first - last + 1);

    /// <summary>True in so many of 256 cases; false on a blank tape.</summary>
    public bool Chance(int of256) => of256 > 0 && Byte() >= 256 - of256;

    /// <summary>A number whose logarithm is even between those of 1 and a bound, both included.</summary>
    public int LogUniform(int max)
    {
        int bits = Below(32 - System.Numerics.BitOperations.LeadingZeroCount((uint)max));
        return Math.Min(max, (1 << bits) + Below(1 << bits));
    }

    /// <summary>64 bits; 0 on a blank tape.</summary>
    public ulong Number() => ((ulong)(uint)((Word() << 16) + Word()) << 32) | (uint)((Word() << 16) + Word());

    private int Word() => Byte() << 8 | Byte();

    private int Byte()
    {
        if (Used >= _length && !Extend())
        {
            Used++;
            return 0;
        }

        return _bytes[Used++];
    }

    private bool Extend()
    {
        if (!_endless)
        {
            return false;
        }

        if (_length + sizeof(ulong) > _bytes.Length)
        {
            Array.Resize(ref _bytes, 2 * _bytes.Length);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(_length), _random.Next());
        _length += sizeof(ulong);
        return true;
    }
}

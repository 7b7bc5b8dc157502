using System;
using System.Buffers.Binary;

namespace Lure.EndToEnd.Tests.Peers;

/// <summary>Which way a stream flows.</summary>
internal enum Direction
{
    Up,
    Down,
}

/// <summary>
/// Position-coded bytes: byte i is a function of connection, direction and i alone. A byte that is
/// lost, doubled, moved or taken from another stream differs from what its position asks for, which
/// a repeated text or a checksum at the end would not tell.
/// </summary>
internal readonly struct Pattern(int connection, Direction direction)
{
    private readonly ulong _seed = Mix(((ulong)(uint)connection << 1) | (ulong)direction);

    /// <summary>The finaliser of SplitMix64: every input bit reaches every output bit.</summary>
    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    public void Fill(long position, Span<byte> target)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        while (!target.IsEmpty)
        {
            var skip = (int)(position & (sizeof(ulong) - 1));
            BinaryPrimitives.WriteUInt64LittleEndian(word, Mix(_seed + (ulong)(position >> 3)));
            var count = Math.Min(word.Length - skip, target.Length);
            word.Slice(skip, count).CopyTo(target);
            target = target[count..];
            position += count;
        }
    }

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Fill(0, bytes);
        return bytes;
    }
}

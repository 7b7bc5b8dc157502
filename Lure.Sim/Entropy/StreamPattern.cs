using System;
using Lure.Core.Backends;

namespace Lure.Sim.Entropy;

/// <summary>
/// What streams are made of: each byte follows from the stream's key and the byte's position, so the
/// first wrong byte at the other end tells a loss, a repetition, a mix-up with another stream.
/// </summary>
/// <remarks>
/// A stream is a walk around one table, from a place that its key gives. The length is a prime, so no
/// block size divides it; to compute bytes one by one was four times slower than this whole check.
/// </remarks>
internal sealed class StreamPattern
{
    private const int Length = 65_521;

    private readonly byte[] _table = new byte[2 * Length];

    public StreamPattern()
    {
        Random64 random = new(0x6C75_7265);
        for (int i = 0; i < Length; i++)
        {
            _table[i] = (byte)(random.Next() >> 56);
        }

        _table.AsSpan(0, Length).CopyTo(_table.AsSpan(Length));
    }

    /// <summary>The bytes of a stream from a position on.</summary>
    /// <returns>As many as asked for, or fewer: at least 65521 when more are asked for.</returns>
    public ReadOnlySpan<byte> Bytes(ulong key, long position, int count) =>
        _table.AsSpan(Start(key, position), Math.Min(count, Length));

    /// <returns>How many bytes from the front are those of the stream.</returns>
    public int Matching(ulong key, long position, ReadOnlySpan<byte> bytes)
    {
        int matching = 0;
        while (matching < bytes.Length)
        {
            ReadOnlySpan<byte> expected = Bytes(key, position + matching, bytes.Length - matching);
            int same = expected.CommonPrefixLength(bytes[matching..]);
            matching += same;
            if (same < expected.Length)
            {
                break;
            }
        }

        return matching;
    }

    private static int Start(ulong key, long position) =>
        (int)((Random64.Mix(key) % Length + (ulong)position) % Length);
}

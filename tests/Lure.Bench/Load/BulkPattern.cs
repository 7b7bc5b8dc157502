using System;

namespace Lure.Bench.Load;

/// <summary>
/// The bytes of a bulk stream: each is known from its position and the number of its stream, so a
/// byte that is lost, doubled, late or of another stream is found out.
/// </summary>
internal static class BulkPattern
{
    /// <summary>Bytes that can be had at a time.</summary>
    public const int BytesMax = 256 * 1024;

    /// <summary>A prime: no block of a relay or of the kernel divides it, so one that is swapped for another one shows.</summary>
    private const int Period = 65_521;

    private const int StreamStep = 7_919;
    private const int Seed = 20_240_301;

    private static readonly byte[] s_bytes = Fill();

    /// <summary>Pinned: it may be handed to the kernel.</summary>
    /// <param name="stream">The number of the stream.</param>
    /// <param name="position">Bytes of the stream before it.</param>
    /// <param name="bytes">At most <see cref="BytesMax"/>.</param>
    public static ReadOnlySpan<byte> Of(int stream, long position, int bytes) =>
        s_bytes.AsSpan((int)((position + ((long)stream * StreamStep)) % Period), bytes);

    private static byte[] Fill()
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(Period + BytesMax, pinned: true);
        new Random(Seed).NextBytes(bytes.AsSpan(0, Period));
        for (int place = Period; place < bytes.Length; place++)
        {
            bytes[place] = bytes[place - Period];
        }

        return bytes;
    }
}

using System;

namespace Lure.Bench.Load;

/// <summary>
/// The bytes that are sent: each message is a stretch of one random block, at a place that depends
/// on its connection and its number. So nothing is filled in before a send, a comparison of memory
/// checks what comes back, and a message of another connection or an older one is found out.
/// </summary>
internal static class MessagePattern
{
    /// <summary>Bytes of a message at most: what a socket takes in one call with the kernel's default buffers.</summary>
    public const int MessageBytesMax = 16 * 1024;

    /// <summary>A power of two.</summary>
    private const int Places = 64 * 1024;

    private const uint ConnectionStep = 2_654_435_761;
    private const uint MessageStep = 40_503;
    private const int Seed = 20_240_229;

    private static readonly byte[] s_bytes = Fill();

    /// <param name="connection">The number of the connection.</param>
    /// <param name="message">The number of the message on it.</param>
    /// <param name="bytes">At most <see cref="MessageBytesMax"/>.</param>
    public static ReadOnlySpan<byte> Of(int connection, uint message, int bytes)
    {
        uint place = (((uint)connection * ConnectionStep) >> 8) + (message * MessageStep);
        return s_bytes.AsSpan((int)(place % Places), bytes);
    }

    private static byte[] Fill()
    {
        byte[] bytes = new byte[Places + MessageBytesMax];
        new Random(Seed).NextBytes(bytes);
        return bytes;
    }
}

using System;
using System.Globalization;

namespace Lure.Linux.Demo;

/// <summary>
/// Bytes that differ between sessions, between the messages of one session and along a message: a
/// byte that is lost, doubled, late or somebody else's does not pass for the right one.
/// </summary>
internal static class EchoPattern
{
    // Odd, so that no two positions of a message share a state; from splitmix64.
    private const ulong Step = 0x9E3779B97F4A7C15;
    private const ulong Mixer = 0xBF58476D1CE4E5B9;

    public static void Fill(Span<byte> message, int session, int round)
    {
        ulong state = ((ulong)(uint)session << 32) | (uint)round;
        for (int index = 0; index < message.Length; index++)
        {
            state += Step;
            message[index] = (byte)(((state ^ (state >> 30)) * Mixer) >> 56);
        }
    }

    /// <returns>What is wrong, as a clause; null when the echo is right.</returns>
    public static string? Difference(ReadOnlySpan<byte> sent, ReadOnlySpan<byte> received)
    {
        int same = sent.CommonPrefixLength(received);
        return same == sent.Length && same == received.Length
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"byte {same} of {sent.Length} came back as {Shown(received, same)} instead of {Shown(sent, same)}"
            );
    }

    private static string Shown(ReadOnlySpan<byte> bytes, int index) =>
        index < bytes.Length ? string.Create(CultureInfo.InvariantCulture, $"0x{bytes[index]:x2}") : "nothing";
}

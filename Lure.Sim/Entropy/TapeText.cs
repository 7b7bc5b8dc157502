using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Lure.Sim.Entropy;

/// <summary>
/// A tape as a file: hex digits, two a byte, white space between bytes as one likes, and a comment from a
/// # to the end of its line.
/// </summary>
internal static class TapeText
{
    private const int BytesPerLine = 32;

    /// <returns>Null when the text is no tape; then what is wrong with it, and where.</returns>
    public static byte[]? Parse(string text, out TapeProblem problem)
    {
        List<byte> bytes = [];
        int high = -1;
        bool comment = false;
        problem = default;
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            comment = letter != '\n' && (comment || letter == '#');
            bool outside = comment || char.IsWhiteSpace(letter);
            int digit = outside ? -1 : DigitOf(letter);
            if (outside ? high >= 0 : digit < 0)
            {
                string expected = high >= 0 ? "the second hex digit of a byte" : "a hex digit, or # and a comment";
                problem = new TapeProblem(i, expected);
                return null;
            }

            if (outside)
            {
                continue;
            }

            if (high < 0)
            {
                high = digit;
                continue;
            }

            bytes.Add((byte)((high << 4) | digit));
            high = -1;
        }

        if (high >= 0)
        {
            problem = new TapeProblem(text.Length, "the second hex digit of a byte");
            return null;
        }

        return [.. bytes];
    }

    public static void Write(TextWriter writer, ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i += BytesPerLine)
        {
            ReadOnlySpan<byte> line = bytes.Slice(i, Math.Min(BytesPerLine, bytes.Length - i));
            writer.WriteLine(Convert.ToHexStringLower(line));
        }
    }

    private static int DigitOf(char letter) =>
        int.TryParse([letter], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int digit)
            ? digit
            : -1;
}

/// <summary>Where a text stops to be a tape.</summary>
/// <param name="Offset">In characters.</param>
/// <param name="Expected">What should stand there.</param>
internal readonly record struct TapeProblem(int Offset, string Expected);

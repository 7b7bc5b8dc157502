using System;
using System.Buffers;
using System.Globalization;

namespace Lure.Sim.Entropy;

/// <summary>
/// A seed as people write it: decimal, hexadecimal with 0x, or the hash of a commit, so that each commit
/// is tried with seeds of its own and anyone can tell which.
/// </summary>
public static class SeedText
{
    /// <summary>What a seed may look like, for messages.</summary>
    public const string Expected = "a number, 0x and up to 16 hex digits, or the 40 of a commit";

    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private const int HashDigits = 40;
    private const int SeedDigits = 16;

    /// <summary>Of a commit's hash the first 64 bits are the seed.</summary>
    public static bool TryParse(string text, out ulong seed)
    {
        ArgumentNullException.ThrowIfNull(text);
        const NumberStyles hex = NumberStyles.AllowHexSpecifier;
        if (text.Length == HashDigits)
        {
            return ulong.TryParse(text.AsSpan(0, SeedDigits), hex, CultureInfo.InvariantCulture, out seed)
                && !text.AsSpan(SeedDigits).ContainsAnyExcept(s_hexDigits);
        }

        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text.AsSpan(2), hex, CultureInfo.InvariantCulture, out seed)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed);
    }
}

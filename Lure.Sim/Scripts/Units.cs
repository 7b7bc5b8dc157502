using System;
using System.Globalization;

namespace Lure.Sim.Scripts;

/// <summary>Numbers with units, as scripts write them.</summary>
internal static class Units
{
    private static readonly (string Name, long Nanoseconds)[] s_times =
    [
        ("h", 3_600_000_000_000),
        ("m", 60_000_000_000),
        ("s", 1_000_000_000),
        ("ms", 1_000_000),
        ("us", 1_000),
        ("ns", 1),
    ];

    /// <summary>A time in the largest unit in which it is a whole number.</summary>
    public static string Time(long nanoseconds)
    {
        foreach ((string name, long unit) in s_times)
        {
            if (nanoseconds % unit == 0 && nanoseconds != 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / unit}{name}");
            }
        }

        return "0ms";
    }

    /// <summary>ns; false for what is no time.</summary>
    public static bool TryTime(string text, out long nanoseconds)
    {
        int digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        nanoseconds = 0;
        foreach ((string name, long unit) in s_times)
        {
            if (
                text[digits..] == name
                && TryNumber(text[..digits], out long number)
                && number <= long.MaxValue / 2 / unit
            )
            {
                nanoseconds = number * unit;
                return true;
            }
        }

        return false;
    }

    /// <summary>A number that is not negative, decimal or hexadecimal (0x).</summary>
    public static bool TryUnsigned(string text, out ulong number) =>
        text.StartsWith("0x", StringComparison.Ordinal)
            ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    public static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

using System;
using System.Globalization;
using System.Text;

namespace Lure.Linux.Configuration;

/// <summary>
/// Columns that a terminal gives to a character, so that a caret stands under what it means.
/// After wcwidth(3) and Unicode's East Asian Width, by blocks: a table of every code point would
/// weigh more than the rest of the program's text.
/// </summary>
internal static class DisplayWidth
{
    /// <summary>First and last code point of each block of wide characters, ascending.</summary>
    private static ReadOnlySpan<int> Wide =>
        [
            0x1100,
            0x115F,
            0x231A,
            0x231B,
            0x2E80,
            0x303E,
            0x3041,
            0xA4CF,
            0xA960,
            0xA97F,
            0xAC00,
            0xD7A3,
            0xF900,
            0xFAFF,
            0xFE30,
            0xFE6F,
            0xFF00,
            0xFF60,
            0xFFE0,
            0xFFE6,
            0x1F300,
            0x1F64F,
            0x1F680,
            0x1F6FF,
            0x1F900,
            0x1FAFF,
            0x20000,
            0x3FFFD,
        ];

    public static int Of(Rune rune)
    {
        if (
            Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format
        )
        {
            return 0;
        }

        for (int block = 0; block < Wide.Length; block += 2)
        {
            if (rune.Value <= Wide[block + 1])
            {
                return rune.Value >= Wide[block] ? 2 : 1;
            }
        }

        return 1;
    }
}

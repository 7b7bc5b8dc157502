using System.Linq;
using ScottPlot;
using SkiaSharp;

namespace Lure.Bench.Charts;

/// <summary>The font of the charts: a machine without a screen may have none at all, and then would draw charts without a word.</summary>
internal static class ChartFont
{
    private const string Wanted = "DejaVu Sans";

    /// <summary>What to install.</summary>
    public const string Package = "fonts-dejavu-core";

    /// <summary>Makes every chart use a font that is here.</summary>
    /// <returns>False when there is none.</returns>
    public static bool TryChoose()
    {
        string[] families = [.. SKFontManager.Default.FontFamilies];
        string? family = families.Contains(Wanted) ? Wanted : families.FirstOrDefault(HasLetters);
        if (family is null)
        {
            return false;
        }

        Fonts.Default = family;
        return true;
    }

    private static bool HasLetters(string family)
    {
        using SKTypeface typeface = SKTypeface.FromFamilyName(family);
        return typeface is not null && typeface.ContainsGlyphs("Aaµ1");
    }
}

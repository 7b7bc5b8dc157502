using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace Lure.Linux.Configuration;

/// <summary>
/// The line of a problem with carets under the exact characters. Control characters of the file are
/// shown as <c>�</c>: a file must not be able to drive the terminal of who checks it.
/// </summary>
internal static class Excerpt
{
    /// <summary>Characters shown of a line; of a longer one the part around the problem.</summary>
    private const int WidthMax = 120;

    private const int MessageMax = 400;
    private const int LeadMax = 40;
    private const int NumberWidth = 5;

    public static void Write(TextWriter writer, SourceText source, Place place, string? hint)
    {
        int line = source.LineOf(place.Start);
        ReadOnlySpan<char> text = source.Line(line);
        int start = Math.Min(place.Start - source.StartOf(line), text.Length);
        int length = Math.Clamp(place.Length, 0, text.Length - start);
        int from = 0;
        int to = text.Length;
        if (text.Length > WidthMax)
        {
            from = OnBoundary(text, Math.Max(0, start - LeadMax));
            to = OnBoundary(text, Math.Min(text.Length, from + WidthMax));
        }

        length = Math.Min(length, to - start);
        var shown = new StringBuilder();
        var carets = new StringBuilder();
        if (from > 0)
        {
            shown.Append('…');
            carets.Append(' ');
        }

        Append(shown, text[from..to]);
        if (to < text.Length)
        {
            shown.Append('…');
        }

        Pad(carets, text[from..start]);
        carets.Append('^', Math.Max(1, WidthOf(text.Slice(start, length))));
        string number = (line + 1).ToString(CultureInfo.InvariantCulture).PadLeft(NumberWidth);
        writer.WriteLine($"{number} | {shown}".TrimEnd());
        writer.WriteLine($"{new string(' ', number.Length)} | {carets}{(hint is null ? "" : "  " + hint)}");
    }

    /// <summary>A message with text of the user's in it, made fit for one line.</summary>
    public static string Printable(ReadOnlySpan<char> text)
    {
        var result = new StringBuilder();
        bool isLong = text.Length > MessageMax;
        Append(result, isLong ? text[..OnBoundary(text, MessageMax)] : text);
        return result.Replace('\t', ' ').ToString() + (isLong ? "…" : "");
    }

    private static void Append(StringBuilder target, ReadOnlySpan<char> text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            target.Append((Rune.IsControl(rune) && rune.Value != '\t' ? Rune.ReplacementChar : rune).ToString());
        }
    }

    /// <summary>As wide as the text above; a tab stays one, for only the terminal knows its width.</summary>
    private static void Pad(StringBuilder carets, ReadOnlySpan<char> text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value == '\t')
            {
                carets.Append('\t');
            }
            else
            {
                carets.Append(' ', WidthOf(rune));
            }
        }
    }

    private static int WidthOf(ReadOnlySpan<char> text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += WidthOf(rune);
        }

        return width;
    }

    private static int WidthOf(Rune rune) => Rune.IsControl(rune) ? 1 : DisplayWidth.Of(rune);

    private static int OnBoundary(ReadOnlySpan<char> text, int index) =>
        index > 0 && index < text.Length && char.IsLowSurrogate(text[index]) ? index - 1 : index;
}

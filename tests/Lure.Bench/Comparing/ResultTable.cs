using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using Lure.Bench.Rows;

namespace Lure.Bench.Comparing;

/// <summary>Writes what was measured as a Markdown table that is aligned for a terminal too.</summary>
internal static class ResultTable
{
    private static readonly string[] s_header = ["load, figure", "relay", "median", "quartiles", "ratio", "quartiles"];

    /// <param name="rows">What was measured.</param>
    /// <param name="relays">The names, in the order of the lines.</param>
    /// <param name="rival">To which the ratios are.</param>
    /// <param name="output">Where to.</param>
    public static void Write(
        IEnumerable<Measurements> rows,
        ImmutableArray<string> relays,
        string rival,
        TextWriter output
    )
    {
        List<string[]> lines = [s_header, [.. s_header.Select(_ => "-")]];
        foreach (Measurements row in rows)
        {
            for (int figure = 0; figure < row.Row.Figures.Length; figure++)
            {
                lines.AddRange(relays.Select((relay, place) => Line(row, figure, relay, rival, place == 0)));
            }
        }

        int[] widths = [.. s_header.Select((_, column) => lines.Max(line => line[column].Length))];
        foreach (string[] line in lines)
        {
            IEnumerable<string> cells = line.Select((cell, column) => Fill(cell, widths[column]));
            output.WriteLine($"| {string.Join(" | ", cells)} |");
        }
    }

    private static string[] Line(Measurements row, int figure, string relay, string rival, bool isFirst)
    {
        Figure shown = row.Row.Figures[figure];
        string title = isFirst ? $"{row.Row.Title}: {shown.Name}" : "";
        int samples = row.Values(relay, figure).Count(double.IsFinite);
        if (Quartiles.Of(row.Values(relay, figure)) is not { } values)
        {
            string few = FormattableString.Invariant($"too few samples ({samples} of {Quartiles.SamplesMin})");
            return [title, relay, few, "", "", ""];
        }

        (string ratio, string ratios) = ("", "");
        if (relay != rival && Quartiles.Of(row.Ratios(relay, rival, figure)) is { } quotient)
        {
            ratio = Number(quotient.Median, 2);
            ratios = Range(quotient, 2);
        }

        return [title, relay, Number(values.Median, shown.Decimals), Range(values, shown.Decimals), ratio, ratios];
    }

    private static string Fill(string cell, int width) => cell == "-" ? new string('-', width) : cell.PadRight(width);

    private static string Range(Quartiles values, int decimals) =>
        $"{Number(values.Lower, decimals)} – {Number(values.Upper, decimals)}";

    private static string Number(double value, int decimals) =>
        value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Lure.Bench.Relays;

namespace Lure.Bench.Results;

/// <summary>Every figure of every relay.</summary>
internal static class DetailTable
{
    public static void Write(ComparisonResult result, TextWriter output)
    {
        MarkdownTable table = new("load, figure", "relay", "median", "quartiles", "ratio", "quartiles");
        foreach (RowResult row in result.Rows)
        {
            if (row.Obstacle is { } obstacle)
            {
                table.Add(row.Title, "", "not measured", obstacle, "", "");
                continue;
            }

            foreach (FigureResult figure in row.Figures)
            {
                ImmutableArray<string> relays = [.. result.Relays.Select(relay => relay.Name).Where(figure.Has)];
                for (int place = 0; place < relays.Length; place++)
                {
                    string title = place == 0 ? $"{row.Title}: {figure.Figure.Name}" : "";
                    table.Add(Line(figure, relays[place], result.NameOf(RelayRole.Reference), title));
                }
            }
        }

        table.Write(output);
    }

    private static string[] Line(FigureResult figure, string relay, string? reference, string title)
    {
        if (figure.Values(relay) is not { } values)
        {
            string few = FormattableString.Invariant(
                $"too few samples ({figure.Count(relay)} of {Quartiles.SamplesMin})"
            );
            return [title, relay, few, "", "", ""];
        }

        (string ratio, string ratios) = ("", "");
        if (reference is not null && relay != reference && figure.Ratios(relay, reference) is { } quotient)
        {
            ratio = NumberText.Of(quotient.Median, 2);
            ratios = NumberText.Range(quotient, 2);
        }

        int decimals = figure.Figure.Decimals;
        return
        [
            title,
            relay,
            NumberText.Of(values.Median, decimals),
            NumberText.Range(values, decimals),
            ratio,
            ratios,
        ];
    }
}

using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Lure.Bench.Relays;
using Lure.Bench.Rows;

namespace Lure.Bench.Results;

/// <summary>A line for each figure that is judged.</summary>
internal static class SummaryTable
{
    private const string Nothing = "–";
    private const double Percent = 100;

    public static void Write(ComparisonResult result, TextWriter output)
    {
        MarkdownTable table = new(
            "load, figure",
            "lure",
            "HAProxy",
            "nginx",
            "bare C",
            "to HAProxy",
            "to nginx",
            "to bare C",
            "resolution",
            "reach for",
            "verdict"
        );
        foreach (RowResult row in result.Rows)
        {
            foreach (FigureResult figure in row.Figures.Where(figure => figure.Figure.Rule != FigureRule.Shown))
            {
                table.Add(row.Obstacle is null ? Line(result, row, figure) : Missing(row, figure));
            }
        }

        table.Write(output);
    }

    private static string[] Missing(RowResult row, FigureResult figure) =>
        [
            Title(row, figure),
            "not measured",
            .. Enumerable.Repeat(Nothing, 7),
            Reach(figure.Figure),
            $"open: {row.Obstacle}",
        ];

    private static string[] Line(ComparisonResult result, RowResult row, FigureResult figure)
    {
        string lure = result.NameOf(RelayRole.Lure)!;
        string? haproxy = Verdict.BetterReference(result, figure);
        string? nginx = result.NameOf(RelayRole.Rival);
        string? bare = result.NameOf(RelayRole.Limit);
        Verdict verdict = Verdict.Of(result, figure)!;
        string resolution = Verdict.Resolution(result, figure) is { } share
            ? FormattableString.Invariant($"{share * Percent:0} %")
            : Nothing;
        return
        [
            Title(row, figure),
            Value(figure, lure),
            Value(figure, haproxy)
                + (haproxy is not null && haproxy == result.NameOf(RelayRole.Alternative) ? " (splice)" : ""),
            Value(figure, nginx),
            Value(figure, bare),
            Ratio(figure, lure, haproxy),
            Ratio(figure, lure, nginx),
            Ratio(figure, lure, bare),
            resolution,
            Reach(figure.Figure) + (Reached(figure, lure, haproxy) ? ", reached" : ""),
            verdict.Outcome == Outcome.Open ? $"open: {verdict.Reason}" : verdict.Word,
        ];
    }

    private static string Title(RowResult row, FigureResult figure) => $"{row.Title}: {figure.Figure.Name}";

    private static string Value(FigureResult figure, string? relay) =>
        relay is not null && figure.Values(relay) is { } values
            ? NumberText.Of(values.Median, figure.Figure.Decimals)
            : Nothing;

    private static string Ratio(FigureResult figure, string lure, string? other) =>
        other is not null && figure.Ratios(lure, other) is { } ratio
            ? $"{NumberText.Of(ratio.Median, 2)} ({NumberText.Range(ratio, 2)})"
            : Nothing;

    private static string Reach(Figure figure)
    {
        string sign = figure.Better == Better.Higher ? "≥" : "≤";
        double? wanted = figure.ReachRatio ?? figure.ReachValue;
        return wanted is { } value ? $"{sign} {value.ToString("0.##", CultureInfo.InvariantCulture)}" : Nothing;
    }

    private static bool Reached(FigureResult figure, string lure, string? reference)
    {
        Figure shown = figure.Figure;
        double? wanted = shown.ReachRatio ?? shown.ReachValue;
        double? seen =
            shown.ReachRatio is null ? figure.Values(lure)?.Median
            : reference is null ? null
            : figure.Ratios(lure, reference)?.Median;
        return wanted is { } bound
            && seen is { } value
            && (shown.Better == Better.Higher ? value >= bound : value <= bound);
    }
}

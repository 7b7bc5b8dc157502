using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lure.Bench.Relays;
using Lure.Bench.Results;
using Lure.Bench.Rows;
using ScottPlot;

namespace Lure.Bench.Charts;

/// <summary>Every judged figure on a line: how many times better than the reference each relay is, with its quartiles.</summary>
internal static class RatioChart
{
    private const int PixelsPerLine = 44;
    private const int PixelsBeside = 130;
    private const float MarkerSize = 9;
    private const float LineWidth = 2;

    /// <summary>Of a line's height: what the relays of a line are apart, and how high the band of the resolution is.</summary>
    private const double Apart = 0.16;
    private const double BandHalf = 0.42;

    private static readonly double[] s_ticks = [0.1, 0.2, 0.33, 0.5, 0.7, 1, 1.4, 2, 3, 5, 10, 20];
    private static readonly RelayRole[] s_shown =
    [
        RelayRole.Lure,
        RelayRole.Alternative,
        RelayRole.Rival,
        RelayRole.Limit,
    ];

    /// <returns>Null when there is nothing to compare.</returns>
    public static Chart? Draw(ComparisonResult result)
    {
        (RowResult Row, FigureResult Figure)[] lines =
        [
            .. result
                .Rows.SelectMany(row => row.Figures.Select(figure => (row, figure)))
                .Where(line => HasRatio(result, line.figure)),
        ];
        if (result.NameOf(RelayRole.Reference) is not { } reference || lines.Length == 0)
        {
            return null;
        }

        Plot plot = new();
        for (int line = 0; line < lines.Length; line++)
        {
            DrawResolution(plot, result, lines[line].Figure, -line);
        }

        _ = plot.Add.VerticalLine(0, LineWidth, RelayColors.Of(RelayRole.Reference));
        foreach (RelayRole role in s_shown)
        {
            DrawRelay(plot, result, [.. lines.Select(line => line.Figure)], role, reference);
        }

        plot.Axes.Left.SetTicks(
            [.. lines.Select((_, line) => (double)-line)],
            [.. lines.Select(line => $"{line.Row.Title}\n{line.Figure.Figure.Name}")]
        );
        plot.Axes.Bottom.SetTicks([.. s_ticks.Select(Math.Log2)], [.. s_ticks.Select(Text)]);
        plot.Axes.SetLimitsY(-lines.Length + 0.5, 0.5);
        plot.Title($"Times better than {reference} (1); grey is the resolution");
        plot.XLabel("better →");
        _ = plot.ShowLegend(Edge.Bottom);
        return new Chart("ratios", plot, (lines.Length * PixelsPerLine) + PixelsBeside);
    }

    private static bool HasRatio(ComparisonResult result, FigureResult figure) =>
        figure.Figure.Rule is FigureRule.AheadOfRivals or FigureRule.BelowBound
        && result.NameOf(RelayRole.Lure) is { } lure
        && result.NameOf(RelayRole.Reference) is { } reference
        && figure.Ratios(lure, reference) is not null;

    private static void DrawResolution(Plot plot, ComparisonResult result, FigureResult figure, double y)
    {
        if (Verdict.Resolution(result, figure) is { } resolution)
        {
            double half = Math.Log2(1 + resolution);
            ScottPlot.Plottables.Rectangle band = plot.Add.Rectangle(-half, half, y - BandHalf, y + BandHalf);
            band.FillColor = RelayColors.Of(RelayRole.Null).WithOpacity(0.3);
            band.LineWidth = 0;
        }
    }

    private static void DrawRelay(
        Plot plot,
        ComparisonResult result,
        IReadOnlyList<FigureResult> figures,
        RelayRole role,
        string reference
    )
    {
        if (result.NameOf(role) is not { } name)
        {
            return;
        }

        Color color = RelayColors.Of(role);
        double lift = (1.5 - Array.IndexOf(s_shown, role)) * Apart;
        List<Coordinates> medians = [];
        for (int line = 0; line < figures.Count; line++)
        {
            if (figures[line].Ratios(name, reference) is not { } ratio)
            {
                continue;
            }

            double sign = figures[line].Figure.Better == Better.Higher ? 1 : -1;
            double y = lift - line;
            medians.Add(new Coordinates(sign * Math.Log2(ratio.Median), y));
            ScottPlot.Plottables.LinePlot spread = plot.Add.Line(
                sign * Math.Log2(ratio.Lower),
                y,
                sign * Math.Log2(ratio.Upper),
                y
            );
            spread.LineColor = color;
            spread.LineWidth = LineWidth;
            spread.MarkerSize = 0;
        }

        if (medians.Count > 0)
        {
            ScottPlot.Plottables.Markers markers = plot.Add.Markers(medians);
            markers.MarkerSize = MarkerSize;
            markers.MarkerColor = color;
            markers.MarkerShape = role == RelayRole.Limit ? MarkerShape.OpenDiamond : MarkerShape.FilledCircle;
            markers.LegendText = name;
        }
    }

    private static string Text(double tick) => tick.ToString("0.##", CultureInfo.InvariantCulture);
}

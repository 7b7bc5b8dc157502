using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Lure.Bench.Relays;
using Lure.Bench.Results;
using ScottPlot;

namespace Lure.Bench.Charts;

/// <summary>A line for each relay over a few named places.</summary>
/// <param name="name">Of the files.</param>
/// <param name="title">Above it.</param>
/// <param name="places">From left to right.</param>
/// <param name="unit">Of the values, which are drawn by their logarithm: ratios are what is looked for.</param>
internal sealed class LineChart(string name, string title, ImmutableArray<string> places, string unit)
{
    private const float LineWidth = 2;
    private const float MarkerSize = 9;

    /// <summary>What is left free below the lowest value and above the highest, as a factor.</summary>
    private const double Margin = 1.15;

    private const int LowestDecade = -1;
    private const int HighestDecade = 7;
    private static readonly double[] s_steps = [1, 1.5, 2, 3, 5, 7];

    private readonly Plot _plot = new();
    private double _lowest = double.MaxValue;
    private double _highest;

    /// <param name="relay">Whose line.</param>
    /// <param name="values">One for each place; a relay that lacks one is left out.</param>
    public void Add(RelayResult relay, ImmutableArray<double?> values)
    {
        if (places.IsEmpty || values.Length != places.Length || values.Any(value => value is null))
        {
            return;
        }

        double[] heights = [.. values.OfType<double>()];
        _lowest = Math.Min(_lowest, heights.Min());
        _highest = Math.Max(_highest, heights.Max());
        Coordinates[] points = [.. heights.Select((height, place) => new Coordinates(place, Math.Log10(height)))];
        ScottPlot.Plottables.Scatter line = _plot.Add.Scatter(points);
        line.Color = RelayColors.Of(relay.Role);
        line.LineWidth = LineWidth;
        line.MarkerSize = MarkerSize;
        line.MarkerShape = relay.Role == RelayRole.Limit ? MarkerShape.OpenDiamond : MarkerShape.FilledCircle;
        line.LegendText = relay.Name;
    }

    /// <returns>Null when it has no line.</returns>
    public Chart? Finish(int height)
    {
        if (_highest == 0)
        {
            return null;
        }

        _plot.Axes.Bottom.SetTicks([.. places.Select((_, place) => (double)place)], [.. places]);
        double[] ticks = [.. Ticks().Where(tick => tick >= _lowest / Margin && tick <= _highest * Margin)];
        _plot.Axes.Left.SetTicks([.. ticks.Select(Math.Log10)], [.. ticks.Select(Text)]);
        _plot.Axes.SetLimitsY(Math.Log10(_lowest / Margin), Math.Log10(_highest * Margin));
        _plot.Title(title);
        _plot.YLabel(unit);
        _ = _plot.ShowLegend(Alignment.UpperLeft);
        return new Chart(name, _plot, height);
    }

    private static IEnumerable<double> Ticks() =>
        Enumerable
            .Range(LowestDecade, HighestDecade - LowestDecade)
            .SelectMany(decade => s_steps.Select(step => step * Math.Pow(10, decade)));

    private static string Text(double tick) => tick.ToString("#,0.##", CultureInfo.InvariantCulture);
}

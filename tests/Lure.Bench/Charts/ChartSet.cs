using System.Collections.Immutable;
using System.Linq;
using Lure.Bench.Results;

namespace Lure.Bench.Charts;

/// <summary>The charts of a comparison.</summary>
internal static class ChartSet
{
    /// <summary>Draws those that the result has figures for.</summary>
    /// <returns>Their names; none when there is no font to draw with.</returns>
    public static ImmutableArray<string> Save(ComparisonResult result, string folder)
    {
        if (!ChartFont.TryChoose())
        {
            return [];
        }

        Chart[] charts =
        [
            .. new[] { RatioChart.Draw(result), LatencyChart.Draw(result), ScaleChart.Draw(result) }.OfType<Chart>(),
        ];
        foreach (Chart chart in charts)
        {
            chart.Save(folder);
        }

        return [.. charts.Select(chart => chart.Name)];
    }
}

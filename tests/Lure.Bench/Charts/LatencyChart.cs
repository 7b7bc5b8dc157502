using System;
using System.Linq;
using Lure.Bench.Relays;
using Lure.Bench.Results;

namespace Lure.Bench.Charts;

/// <summary>The latency of a single connection, from its median to its tail.</summary>
internal static class LatencyChart
{
    private const string RowKey = "echo-1";
    private const string Prefix = "latency ";
    private const int Height = 480;

    /// <returns>Null when the row was not measured.</returns>
    public static Chart? Draw(ComparisonResult result)
    {
        FigureResult[] figures =
        [
            .. result
                .Rows.Where(row => row.Key == RowKey)
                .SelectMany(row => row.Figures)
                .Where(figure => figure.Figure.Name.StartsWith(Prefix, StringComparison.Ordinal)),
        ];
        LineChart chart = new(
            "latency",
            "Echo of 64 B on one connection: latency, medians of the rounds",
            [.. figures.Select(figure => figure.Figure.Name[Prefix.Length..].Split(',')[0])],
            "µs"
        );
        foreach (RelayResult relay in result.Relays.Where(relay => relay.Role != RelayRole.Null))
        {
            chart.Add(relay, [.. figures.Select(figure => figure.Values(relay.Name)?.Median)]);
        }

        return chart.Finish(Height);
    }
}

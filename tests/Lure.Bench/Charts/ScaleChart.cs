using System.Globalization;
using System.Linq;
using Lure.Bench.Relays;
using Lure.Bench.Results;
using Lure.Bench.Rows;

namespace Lure.Bench.Charts;

/// <summary>What an echo costs the more connections there are.</summary>
internal static class ScaleChart
{
    private const int Height = 480;

    /// <returns>Null when the row was not measured.</returns>
    public static Chart? Draw(ComparisonResult result)
    {
        FigureResult[] figures =
        [
            .. result
                .Rows.Where(row => row.Key == ScaleRow.RowKey)
                .SelectMany(row => row.Figures)
                .Take(ScaleRow.Steps.Length),
        ];
        LineChart chart = new(
            "scale",
            "Echo of 64 B: CPU of the relay per echo, medians of the rounds",
            [.. ScaleRow.Steps.Select(step => step.ToString("N0", CultureInfo.InvariantCulture))],
            "µs"
        );
        foreach (RelayResult relay in result.Relays.Where(relay => relay.Role != RelayRole.Null))
        {
            chart.Add(relay, [.. figures.Select(figure => figure.Values(relay.Name)?.Median)]);
        }

        return chart.Finish(Height);
    }
}

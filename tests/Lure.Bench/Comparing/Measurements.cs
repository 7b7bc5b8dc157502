using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lure.Bench.Rows;

namespace Lure.Bench.Comparing;

/// <summary>What was measured of one row: for each relay the values of each round.</summary>
/// <param name="row">The row.</param>
internal sealed class Measurements(Row row)
{
    private readonly Dictionary<string, List<ImmutableArray<double>>> _rounds = [];

    public Row Row => row;

    /// <summary>Adds the values of a relay in the round that is its next.</summary>
    public void Add(string relay, ImmutableArray<double> values)
    {
        if (!_rounds.TryGetValue(relay, out List<ImmutableArray<double>>? rounds))
        {
            _rounds[relay] = rounds = [];
        }

        rounds.Add(values);
    }

    /// <summary>Of a figure, in the order of the rounds.</summary>
    public IEnumerable<double> Values(string relay, int figure) =>
        _rounds.TryGetValue(relay, out List<ImmutableArray<double>>? rounds)
            ? rounds.Select(values => values[figure])
            : [];

    /// <summary>
    /// Of a figure, round by round: what was slow for both in a round falls out, as it does not when
    /// the medians are divided.
    /// </summary>
    public IEnumerable<double> Ratios(string relay, string rival, int figure) =>
        Values(relay, figure).Zip(Values(rival, figure), (value, reference) => value / reference);
}

using System.Collections.Generic;
using System.Linq;
using Lure.Bench.Rows;

namespace Lure.Bench.Results;

/// <summary>What was measured of one figure: for each relay the values of its rounds.</summary>
internal sealed record FigureResult
{
    public required Figure Figure { get; init; }

    /// <summary>By the name of the relay, in the order of the rounds; null where a load was too short or did not come through.</summary>
    public Dictionary<string, List<double?>> Samples { get; init; } = [];

    /// <summary>Adds the value of a relay in the round that is its next; NaN says nothing.</summary>
    public void Add(string relay, double value)
    {
        if (!Samples.TryGetValue(relay, out List<double?>? values))
        {
            Samples[relay] = values = [];
        }

        values.Add(double.IsFinite(value) ? value : null);
    }

    public bool Has(string relay) => Samples.ContainsKey(relay);

    /// <summary>Samples that say something.</summary>
    public int Count(string relay) => Of(relay).Count(value => value is not null);

    /// <returns>Null for too few samples.</returns>
    public Quartiles? Values(string relay) => Quartiles.Of(Of(relay));

    /// <summary>
    /// A relay's value by that of another one, round by round: what was slow for both in a round
    /// falls out, as it does not when medians are divided.
    /// </summary>
    /// <returns>Null for too few rounds in which both have a value.</returns>
    public Quartiles? Ratios(string relay, string other) =>
        Quartiles.Of(Of(relay).Zip(Of(other), (value, reference) => value / reference));

    private List<double?> Of(string relay) => Samples.TryGetValue(relay, out List<double?>? values) ? values : [];
}

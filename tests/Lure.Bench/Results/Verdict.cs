using System;
using System.Collections.Generic;
using Lure.Bench.Relays;
using Lure.Bench.Rows;

namespace Lure.Bench.Results;

/// <summary>A figure of lure, held to what it has to be.</summary>
/// <param name="Outcome">What it comes to.</param>
/// <param name="Reason">In a few words, with the numbers it stands on.</param>
internal sealed record Verdict(Outcome Outcome, string Reason)
{
    private const double NearLimit = 1.05;
    private const double CloseToLimit = 1.1;
    private const double Percent = 100;

    public bool IsMet => Outcome is Outcome.Met or Outcome.AtLimit;

    /// <summary>As a word of a table.</summary>
    public string Word =>
        Outcome switch
        {
            Outcome.Met => "met",
            Outcome.AtLimit => "met (limit)",
            Outcome.Equal => "equal",
            Outcome.Behind => "behind",
            _ => "open",
        };

    /// <returns>Null for a figure that is only shown.</returns>
    public static Verdict? Of(ComparisonResult result, FigureResult figure)
    {
        string? lure = result.NameOf(RelayRole.Lure);
        if (figure.Figure.Rule == FigureRule.Shown || lure is null)
        {
            return null;
        }

        if (figure.Values(lure) is not { } values)
        {
            return new Verdict(Outcome.Open, Few(figure, lure));
        }

        return figure.Figure.Rule switch
        {
            FigureRule.BelowBound => BelowBound(figure.Figure, values),
            FigureRule.CloseToLimit => ToLimit(result, figure, lure),
            _ => Ahead(result, figure, lure),
        };
    }

    /// <summary>
    /// How much a difference has to be to be one: the reference against itself, how far its quartiles
    /// are from 1, either way. Null when it did not run along.
    /// </summary>
    public static double? Resolution(ComparisonResult result, FigureResult figure) =>
        result.NameOf(RelayRole.Null) is { } again
        && result.NameOf(RelayRole.Reference) is { } reference
        && figure.Ratios(again, reference) is { } same
            ? Math.Max(same.Upper, 1 / same.Lower) - 1
            : null;

    /// <summary>The reference's configuration that is the better one in this figure.</summary>
    public static string? BetterReference(ComparisonResult result, FigureResult figure)
    {
        string? plain = result.NameOf(RelayRole.Reference);
        string? other = result.NameOf(RelayRole.Alternative);
        if (plain is null || other is null || figure.Values(other) is not { } second)
        {
            return plain;
        }

        return figure.Values(plain) is not { } first || Advantage(figure.Figure, first.Median / second.Median) < 1
            ? other
            : plain;
    }

    private static string Few(FigureResult figure, string relay) =>
        FormattableString.Invariant($"too few samples of {relay} ({figure.Count(relay)} of {Quartiles.SamplesMin})");

    /// <summary>A ratio of values as how many times better the first one is.</summary>
    private static double Advantage(Figure figure, double ratio) => figure.Better == Better.Higher ? ratio : 1 / ratio;

    private static Verdict BelowBound(Figure figure, Quartiles values)
    {
        string reason = FormattableString.Invariant($"{values.Median:0.#}, to be below {figure.Bound}");
        return new Verdict(values.Median < figure.Bound ? Outcome.Met : Outcome.Behind, reason);
    }

    private static Verdict ToLimit(ComparisonResult result, FigureResult figure, string lure)
    {
        if (result.NameOf(RelayRole.Limit) is not { } limit || figure.Ratios(lure, limit) is not { } ratio)
        {
            return new Verdict(Outcome.Open, "no figure of the bare loop");
        }

        string reason = FormattableString.Invariant($"{ratio.Median:0.00} of the bare loop's own");
        return new Verdict(ratio.Median <= CloseToLimit ? Outcome.Met : Outcome.Behind, reason);
    }

    private static Verdict Ahead(ComparisonResult result, FigureResult figure, string lure)
    {
        if (Resolution(result, figure) is not { } resolution)
        {
            return new Verdict(Outcome.Open, "no figure of the reference against itself");
        }

        List<string> reasons = [];
        (bool ahead, bool behind) = (true, false);
        foreach (string? rival in (string?[])[BetterReference(result, figure), result.NameOf(RelayRole.Rival)])
        {
            if (rival is null || figure.Ratios(lure, rival) is not { } ratio)
            {
                return new Verdict(Outcome.Open, rival is null ? "a rival is missing" : Few(figure, rival));
            }

            double advantage = Advantage(figure.Figure, ratio.Median);
            ahead &= advantage > 1 + resolution;
            behind |= advantage < 1 / (1 + resolution);
            reasons.Add(FormattableString.Invariant($"{ratio.Median:0.00} of {rival}"));
        }

        bool near = false;
        if (result.NameOf(RelayRole.Limit) is { } limit && figure.Ratios(lure, limit) is { } bare)
        {
            // A loop that is behind the reference itself shows no limit: then to be near it is nothing.
            bool isLimit =
                figure.Ratios(limit, BetterReference(result, figure)!) is { } best
                && Advantage(figure.Figure, best.Median) >= 1 / (1 + resolution);
            near = isLimit && Advantage(figure.Figure, bare.Median) >= 1 / NearLimit;
            reasons.Add(FormattableString.Invariant($"{bare.Median:0.00} of {limit}"));
        }

        Outcome outcome = (ahead, near, behind) switch
        {
            (true, _, _) => Outcome.Met,
            (_, true, _) => Outcome.AtLimit,
            (_, _, true) => Outcome.Behind,
            _ => Outcome.Equal,
        };
        reasons.Add(FormattableString.Invariant($"resolution {resolution * Percent:0} %"));
        return new Verdict(outcome, string.Join(", ", reasons));
    }
}

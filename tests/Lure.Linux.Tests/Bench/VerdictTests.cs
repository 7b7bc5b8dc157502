using Lure.Bench.Relays;
using Lure.Bench.Results;
using Lure.Bench.Rows;
using NUnit.Framework;

namespace Lure.Linux.Tests.Bench;

internal sealed class VerdictTests
{
    private static readonly Figure s_cost = new("µs", 1) { Rule = FigureRule.AheadOfRivals };

    /// <summary>The reference against itself spreads from 0.95 to 1.05.</summary>
    [TestCase(90, 100, 100, 80, Outcome.Met, TestName = "Ahead_of_both_is_met")]
    [TestCase(97, 100, 100, 80, Outcome.Equal, TestName = "Inside_the_resolution_is_equal")]
    [TestCase(90, 91, 100, 80, Outcome.Equal, TestName = "Ahead_of_one_of_them_is_not_enough")]
    [TestCase(110, 100, 100, 80, Outcome.Behind, TestName = "Outside_on_the_wrong_side_is_behind")]
    [TestCase(90, 100, 70, 80, Outcome.Behind, TestName = "The_rival_counts_as_much_as_the_reference")]
    [TestCase(110, 100, 100, 105, Outcome.AtLimit, TestName = "Behind_and_near_the_bare_loop_is_met")]
    [TestCase(130, 100, 100, 130, Outcome.Behind, TestName = "A_bare_loop_that_is_behind_is_no_limit")]
    public void A_cost_is_judged(double lure, double reference, double rival, double limit, Outcome outcome) =>
        Assert.That(Judge(s_cost, lure, reference, reference * 2, rival, limit).Outcome, Is.EqualTo(outcome));

    [Test]
    public void More_is_better_where_it_is_said()
    {
        Figure rate = s_cost with { Better = Better.Higher };
        Assert.That(Judge(rate, 110, 100, 50, 100, 200).Outcome, Is.EqualTo(Outcome.Met));
        Assert.That(Judge(rate, 90, 100, 50, 100, 200).Outcome, Is.EqualTo(Outcome.Behind));
    }

    [TestCase(Better.Lower, 50, "spliced", Outcome.Behind)]
    [TestCase(Better.Lower, 150, "plain", Outcome.Met)]
    [TestCase(Better.Higher, 50, "plain", Outcome.Behind)]
    public void The_better_configuration_of_the_reference_counts(
        Better better,
        double spliced,
        string counts,
        Outcome outcome
    )
    {
        Figure figure = s_cost with { Better = better };
        // A bare loop that is out of reach: no figure is near it.
        double limit = better == Better.Higher ? 1_000 : 1;
        ComparisonResult result = Compare(figure, 90, 100, spliced, 100, limit);
        FigureResult measured = result.Rows[0].Figures[0];

        Assert.That(Verdict.BetterReference(result, measured), Is.EqualTo(counts));
        Assert.That(Verdict.Of(result, measured)!.Outcome, Is.EqualTo(outcome));
    }

    [Test]
    public void Who_is_missing_leaves_the_verdict_open()
    {
        ComparisonResult whole = Compare(s_cost, 90, 100, 200, 100, 80);
        foreach (RelayRole missing in (RelayRole[])[RelayRole.Reference, RelayRole.Null, RelayRole.Rival])
        {
            ComparisonResult result = whole with { Relays = whole.Relays.RemoveAll(relay => relay.Role == missing) };
            Assert.That(Verdict.Of(result, result.Rows[0].Figures[0])!.Outcome, Is.EqualTo(Outcome.Open), $"{missing}");
        }
    }

    [Test]
    public void Too_few_samples_leave_the_verdict_open()
    {
        ComparisonResult result = Compare(s_cost, 90, 100, 200, 100, 80);
        FigureResult figure = result.Rows[0].Figures[0];
        figure.Samples["lure"].RemoveRange(2, 1);
        Assert.That(Verdict.Of(result, figure)!.Reason, Does.Contain("too few samples of lure (2 of 3)"));
    }

    [TestCase(1.54, Outcome.Met)]
    [TestCase(1.55, Outcome.Behind)]
    public void A_slope_is_held_to_that_of_the_bare_loop(double lure, Outcome outcome)
    {
        Figure slope = s_cost with { Rule = FigureRule.CloseToLimit };
        Assert.That(Judge(slope, lure, 1, 1, 1, 1.4).Outcome, Is.EqualTo(outcome));
    }

    [TestCase(49.9, Outcome.Met)]
    [TestCase(50, Outcome.Behind)]
    public void A_bound_is_a_bound(double lure, Outcome outcome)
    {
        Figure calls = s_cost with { Rule = FigureRule.BelowBound, Bound = 50 };
        Assert.That(Judge(calls, lure, 1, 1, 1, 1).Outcome, Is.EqualTo(outcome));
    }

    [Test]
    public void A_figure_that_is_only_shown_is_not_judged()
    {
        Figure shown = s_cost with { Rule = FigureRule.Shown };
        ComparisonResult result = Compare(shown, 1, 1, 1, 1, 1);
        Assert.That(Verdict.Of(result, result.Rows[0].Figures[0]), Is.Null);
    }

    private static Verdict Judge(
        Figure figure,
        double lure,
        double reference,
        double alternative,
        double rival,
        double limit
    )
    {
        ComparisonResult result = Compare(figure, lure, reference, alternative, rival, limit);
        return Verdict.Of(result, result.Rows[0].Figures[0])!;
    }

    private static ComparisonResult Compare(
        Figure figure,
        double lure,
        double reference,
        double alternative,
        double rival,
        double limit
    )
    {
        double[] spread = [0.9, 1, 1.1];
        FigureResult measured = new() { Figure = figure };
        foreach (double share in spread)
        {
            measured.Add("lure", lure);
            measured.Add("plain", reference);
            measured.Add("plain again", reference * share);
            measured.Add("spliced", alternative);
            measured.Add("nginx", rival);
            measured.Add("bare", limit);
        }

        return Samples.Result(measured);
    }
}

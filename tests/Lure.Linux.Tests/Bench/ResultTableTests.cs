using System.IO;
using Lure.Bench.Results;
using Lure.Bench.Rows;
using NUnit.Framework;

namespace Lure.Linux.Tests.Bench;

internal sealed class ResultTableTests
{
    private static readonly Figure s_figure = new("µs", 1) { Rule = FigureRule.AheadOfRivals, ReachRatio = 0.95 };

    [Test]
    public void Quartiles_lie_between_the_samples() =>
        Assert.That(Quartiles.Of([40, 10, 30, 20]), Is.EqualTo(new Quartiles(17.5, 25, 32.5)));

    [Test]
    public void A_sample_that_says_nothing_does_not_count()
    {
        Assert.That(Quartiles.Of([1, 2, null, 3]), Is.EqualTo(new Quartiles(1.5, 2, 2.5)));
        Assert.That(Quartiles.Of([1, 2, null]), Is.Null);
    }

    [Test]
    public void Too_few_operations_say_nothing()
    {
        Assert.That(Rate.MicrosecondsEach(1_000_000, Rate.OperationsMin - 1), Is.NaN);
        Assert.That(Rate.MicrosecondsEach(1_000_000, 1_000), Is.EqualTo(1));
        Assert.That(Rate.PerSecond(1_000, 500_000_000), Is.EqualTo(2_000));
        Assert.That(Rate.MegabytesPerSecond(1_000, 1), Is.NaN);
        Assert.That(Rate.MegabytesPerSecond(2_000_000_000, 1_000_000_000), Is.EqualTo(2_000));
        Assert.That(Rate.SecondsPerGigabyte(500_000_000, 2_000_000_000), Is.EqualTo(0.25));
    }

    [Test]
    public void The_ratio_is_the_median_of_the_rounds_ratios()
    {
        FigureResult figure = new() { Figure = s_figure };
        foreach ((double ours, double theirs) in new[] { (1.0, 2.0), (36.0, 40.0), (5.0, 5.0) })
        {
            figure.Add("lure", ours);
            figure.Add("plain", theirs);
        }

        // The ratio of the medians would be 1.
        Assert.That(Details(figure), Does.Match(@"\| lure +\| 5\.0 +\| 3\.0 – 20\.5 +\| 0\.90 +\| 0\.70 – 0\.95 +\|"));
    }

    [Test]
    public void Too_few_samples_give_no_figure()
    {
        FigureResult figure = new() { Figure = s_figure };
        figure.Add("lure", 1);
        figure.Add("lure", 2);
        figure.Add("lure", double.NaN);
        Assert.That(Details(figure), Does.Contain("too few samples (2 of 3)").And.Not.Contain("1.5"));
        Assert.That(Summary(figure), Does.Contain("open: too few samples of lure (2 of 3)"));
    }

    [Test]
    public void A_row_that_could_not_be_measured_says_why()
    {
        ComparisonResult result = Samples.Result(new FigureResult { Figure = s_figure });
        result = result with { Rows = [result.Rows[0] with { Obstacle = "no perf: install it" }] };
        using StringWriter output = new();
        DetailTable.Write(result, output);
        SummaryTable.Write(result, output);
        Assert.That(output.ToString(), Does.Match("not measured +\\| no perf: install it"));
        Assert.That(output.ToString(), Does.Contain("open: no perf: install it"));
    }

    [Test]
    public void A_judged_figure_is_one_line_with_its_verdict()
    {
        FigureResult figure = new() { Figure = s_figure };
        for (int round = 0; round < 3; round++)
        {
            figure.Add("lure", 90);
            figure.Add("plain", 120);
            figure.Add("plain again", 120);
            figure.Add("spliced", 100);
            figure.Add("nginx", 100);
        }

        string line = System.Text.RegularExpressions.Regex.Replace(Summary(figure), " +", " ");
        Assert.That(
            line,
            Does.Contain(
                "| a row: µs | 90.0 | 100.0 (splice) | 100.0 | – | 0.90 (0.90 – 0.90) | 0.90 (0.90 – 0.90) | – | 0 % | ≤ 0.95, reached | met |"
            )
        );
    }

    private static string Details(FigureResult figure)
    {
        using StringWriter output = new() { NewLine = "\n" };
        DetailTable.Write(Samples.Result(figure), output);
        return output.ToString();
    }

    private static string Summary(FigureResult figure)
    {
        using StringWriter output = new() { NewLine = "\n" };
        SummaryTable.Write(Samples.Result(figure), output);
        return output.ToString();
    }
}

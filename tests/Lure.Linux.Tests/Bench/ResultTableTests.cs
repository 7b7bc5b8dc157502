using System.IO;
using System.Linq;
using Lure.Bench.Comparing;
using Lure.Bench.Rows;
using NUnit.Framework;

namespace Lure.Linux.Tests.Bench;

internal sealed class ResultTableTests
{
    [Test]
    public void Quartiles_lie_between_the_samples() =>
        Assert.That(Quartiles.Of([40, 10, 30, 20]), Is.EqualTo(new Quartiles(17.5, 25, 32.5)));

    [Test]
    public void A_sample_that_says_nothing_does_not_count()
    {
        Assert.That(Quartiles.Of([1, 2, double.NaN, 3]), Is.EqualTo(new Quartiles(1.5, 2, 2.5)));
        Assert.That(Quartiles.Of([1, 2, double.NaN]), Is.Null);
    }

    [Test]
    public void Too_few_operations_say_nothing()
    {
        Assert.That(Rate.MicrosecondsEach(1_000_000, Rate.OperationsMin - 1), Is.NaN);
        Assert.That(Rate.MicrosecondsEach(1_000_000, 1_000), Is.EqualTo(1));
        Assert.That(Rate.PerSecond(1_000, 500_000_000), Is.EqualTo(2_000));
    }

    [Test]
    public void The_ratio_is_the_median_of_the_rounds_ratios()
    {
        Measurements row = new(new RestRow());
        foreach ((double ours, double theirs) in new[] { (1.0, 2.0), (36.0, 40.0), (5.0, 5.0) })
        {
            row.Add("ours", [ours]);
            row.Add("theirs", [theirs]);
        }

        // The ratio of the medians would be 1.
        Assert.That(
            Table(row, "ours", "theirs"),
            Does.Contain("| ours   | 5.0    | 3.0 – 20.5 | 0.90  | 0.70 – 0.95 |")
        );
    }

    [Test]
    public void Too_few_samples_give_no_figure()
    {
        Measurements row = new(new RestRow());
        row.Add("ours", [1]);
        row.Add("ours", [2]);
        Assert.That(Table(row, "ours"), Does.Contain("too few samples (2 of 3)").And.Not.Contain("1.5"));
    }

    private static string Table(Measurements row, params string[] relays)
    {
        using StringWriter output = new() { NewLine = "\n" };
        ResultTable.Write([row], [.. relays], relays.Last(), output);
        return output.ToString();
    }
}

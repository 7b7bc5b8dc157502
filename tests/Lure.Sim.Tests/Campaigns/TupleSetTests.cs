using Lure.Core.Backends;
using Lure.Sim.Campaigns;
using NUnit.Framework;

namespace Lure.Sim.Tests.Campaigns;

/// <summary>What was met, and by which seed first.</summary>
[TestFixture]
[Category("Long")]
public sealed class TupleSetTests
{
    [Test]
    public void Growth_counts_by_the_first_seed_that_met_a_state()
    {
        TupleSet set = new();
        set.Add(10, 0);
        set.Add(11, 1);
        set.Add(12, 2);
        set.Add(13, 5);
        set.Add(13, 0);

        (ulong, long)[] expected = [(1, 2), (2, 3), (4, 4), (6, 4)];
        Assert.That(set.Growth(6), Is.EqualTo(expected));
    }

    [Test]
    public void It_grows_beyond_its_first_size()
    {
        TupleSet set = new();
        TupleSet half = new();
        for (ulong i = 0; i < 100_000; i++)
        {
            set.Add(Random64.Mix(i) | 1, i);
            half.Add(Random64.Mix(i) | 1, i / 2);
        }

        int count = set.Count;
        set.Add(half);

        Assert.That(count, Is.GreaterThan(99_000));
        Assert.That(set.Count, Is.EqualTo(count));
        Assert.That(set.Growth(100_000), Is.EqualTo(half.Growth(100_000)));
    }
}

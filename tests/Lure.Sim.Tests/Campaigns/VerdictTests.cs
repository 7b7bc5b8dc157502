using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lure.Core.Kernel;
using Lure.Sim.Campaigns;
using Lure.Sim.Canaries;
using Lure.Sim.Running;
using NUnit.Framework;

namespace Lure.Sim.Tests.Campaigns;

/// <summary>A campaign that could not have found anything is not one that held.</summary>
[TestFixture]
[Category("Long")]
public sealed class VerdictTests
{
    [Test]
    public void No_seed_is_inconclusive() =>
        Assert.That(Verdict.Complaints(new CampaignTotals(), []), Is.EqualTo(new[] { "inconclusive: no seed ran" }));

    [Test]
    public void A_failed_seed_fails_it()
    {
        CampaignTotals totals = Ran(seeds: 1, times: 1);
        totals.AddFailure(new CampaignFailure(7, "V1: a byte"));

        Assert.That(Verdict.Complaints(totals, []), Is.EqualTo(new[] { "1 of 1 seeds failed" }));
        Assert.That(Report(totals, []), Does.Contain("seed 7: V1: a byte").And.Contain("lure sim --seed 7"));
    }

    [Test]
    public void A_canary_that_lives_fails_it()
    {
        CanaryResult alive = new(CanaryTable.All[0], Seeds: 0, Others: 0, "every seed held");

        Assert.That(
            Verdict.Complaints(Ran(seeds: 1, times: 1), [alive]),
            Is.EqualTo(new[] { $"the canary {alive.Canary.Name} was not caught by {alive.Canary.Check}" })
        );
    }

    [Test]
    public void A_few_seeds_need_not_meet_everything()
    {
        CampaignTotals totals = Ran(seeds: 2, times: 1);

        Assert.That(Verdict.Complaints(totals, []), Is.Empty);
        Assert.That(Report(totals, []), Does.Contain("2 seeds need not meet all of them"));
    }

    [Test]
    public void Many_seeds_that_miss_something_fail_it()
    {
        List<string> complaints = Verdict.Complaints(Ran(seeds: 1, times: Verdict.SeedsForCoverage), []);

        Assert.That(complaints, Has.Some.StartWith("no loop was ever given the fault X"));
        Assert.That(complaints, Has.Some.StartWith("the mark "));
    }

    [Test]
    public void Failures_of_the_smallest_seeds_are_kept()
    {
        CampaignTotals one = new();
        CampaignTotals other = new();
        for (ulong seed = 20; seed > 0; seed--)
        {
            (seed % 2 == 0 ? one : other).AddFailure(new CampaignFailure(seed, ""));
        }

        one.Add(other);

        Assert.That(one.FailedSeeds, Is.EqualTo(20));
        Assert.That(one.Failures.Select(failure => failure.Seed), Is.EqualTo(new ulong[] { 1, 2, 3, 4, 5 }));
    }

    [Test]
    public void Nothing_is_both_demanded_and_impossible() =>
        Assert.That(NotYet.Marks.Select(row => row.Mark), Is.Unique.And.SubsetOf(System.Enum.GetValues<MarkId>()));

    private static string Report(CampaignTotals totals, CanaryResult[] canaries)
    {
        using StringWriter writer = new();
        new CampaignReport(totals, canaries).Write(writer, Verdict.Complaints(totals, canaries));
        return writer.ToString();
    }

    /// <summary>The sums of some seeds, as if they had been run again and again.</summary>
    private static CampaignTotals Ran(int seeds, int times)
    {
        using Campaign campaign = new(new WorkerSet<FakeKernel>(), 0);
        for (int place = 0; place < seeds; place++)
        {
            campaign.Run((ulong)place);
        }

        CampaignTotals totals = new();
        for (int i = 0; i < times; i++)
        {
            totals.Add(campaign.Totals);
        }

        return totals;
    }
}

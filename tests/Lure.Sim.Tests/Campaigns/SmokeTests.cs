using System.Linq;
using Lure.Core.Kernel;
using Lure.Sim.Campaigns;
using Lure.Sim.Faults;
using Lure.Sim.Running;
using NUnit.Framework;

namespace Lure.Sim.Tests.Campaigns;

/// <summary>A fixed part of the random campaign, on every build: whatever peers and kernel do, every check holds.</summary>
[TestFixture]
[Category("Long")]
public sealed class SmokeTests
{
    private const int SeedsPerPart = 150;

    [Test]
    public void Every_check_holds([Range(0, 3)] int part)
    {
        using Campaign campaign = new(new WorkerSet<FakeKernel>(), (ulong)part * SeedsPerPart);
        for (ulong place = 0; place < SeedsPerPart; place++)
        {
            campaign.Run(place);
        }

        Assert.That(campaign.Totals.Failures.Select(failure => $"{failure.Seed}: {failure.Claim}"), Is.Empty);
        Assert.That(campaign.Totals.Repeated, Is.EqualTo(1 + ((SeedsPerPart - 1) / (long)Campaign.RepeatEvery)));
    }

    [Test]
    public void Parts_add_up_in_any_order_and_number()
    {
        CampaignTotals whole = Run(parts: 1);
        CampaignTotals shared = Run(parts: 3);

        Assert.Multiple(() =>
        {
            Assert.That(Sums(shared), Is.EqualTo(Sums(whole)));
            Assert.That(shared.Coverage.Tuples.Growth(64), Is.EqualTo(whole.Coverage.Tuples.Growth(64)));
            Assert.That(Marks(shared), Is.EqualTo(Marks(whole)));
            Assert.That(
                System.Enum.GetValues<Fault>().Select(fault => shared.Census[fault]),
                Is.EqualTo(System.Enum.GetValues<Fault>().Select(fault => whole.Census[fault]))
            );
        });
    }

    private static (long, long, long, long, long, long, long) Sums(CampaignTotals totals) =>
        (
            totals.Seeds,
            totals.InjuringSeeds,
            totals.Calls,
            totals.Nanoseconds,
            totals.Connections,
            totals.Bytes,
            totals.Repeated
        );

    private static long[] Marks(CampaignTotals totals) => [.. System.Enum.GetValues<MarkId>().Select(totals.Marked)];

    private static CampaignTotals Run(int parts)
    {
        CampaignTotals sum = new();
        for (int part = parts - 1; part >= 0; part--)
        {
            using Campaign campaign = new(new WorkerSet<FakeKernel>(), 1_000);
            for (int place = part; place < 64; place += parts)
            {
                campaign.Run((ulong)place);
            }

            sum.Add(campaign.Totals);
        }

        return sum;
    }
}

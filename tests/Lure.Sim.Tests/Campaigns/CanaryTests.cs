using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lure.Sim.Canaries;
using Lure.Tests;
using NUnit.Framework;

namespace Lure.Sim.Tests.Campaigns;

/// <summary>A check that never rang may be broken: each is shown a defect that it has to notice.</summary>
[TestFixture]
[Category("Long")]
public sealed class CanaryTests
{
    // V15 is no check of a run but a count of garbage; V20 is about a ring that does not exist.
    private static readonly string[] s_withoutCanary = ["V15", "V20"];

    private List<CanaryResult> _results = [];

    [OneTimeSetUp]
    public void Run() => _results = CanaryRun.RunAll(first: 0);

    [Test]
    public void Each_is_caught_by_the_check_that_it_is_for() =>
        Assert.That(
            _results
                .Where(result => !result.IsCaught)
                .Select(result => $"{result.Canary.Name}, for {result.Canary.Check}: {result.Claim}"),
            Is.Empty
        );

    /// <summary>At the first of these seeds a lie makes a loop wait for ever while its peers go on.</summary>
    [Test]
    public void One_that_keeps_a_wait_from_ending_does_not_keep_a_campaign() =>
        Assert.That(CanaryRun.RunAll(first: 900_000_000).Select(result => result.IsCaught), Is.All.True);

    [Test]
    public void Every_check_has_one()
    {
        IEnumerable<string> checks = Enumerable.Range(1, 23).Select(number => $"V{number}").Except(s_withoutCanary);

        Assert.That(CanaryTable.All.Select(canary => canary.Check).Distinct(), Is.EquivalentTo(checks));
    }

    [Test]
    public void The_document_tells_of_each()
    {
        string text = File.ReadAllText(Checkout.PathOf("docs", "simulation.md"));

        foreach (Canary canary in CanaryTable.All)
        {
            Assert.That(text, Does.Contain($"| {canary.Name} | {canary.Check} | {canary.What} |"));
        }
    }

    [Test]
    public void Without_a_lie_the_lying_kernel_is_the_fake_one()
    {
        using CanaryWorkers liars = new();
        using Sim.Campaigns.SeedRun lying = new(liars);
        using Sim.Campaigns.SeedRun honest = new(new Sim.Running.WorkerSet<FakeKernel>());
        for (ulong seed = 0; seed < 20; seed++)
        {
            bool held = honest.Run(seed);

            Assert.That(lying.Run(seed), Is.EqualTo(held));
            Assert.That(lying.Simulation.Calls, Is.EqualTo(honest.Simulation.Calls));
            Assert.That(lying.TapeUsed, Is.EqualTo(honest.TapeUsed));
        }
    }
}

using Lure.Sim.Campaigns;
using Lure.Sim.Running;
using NUnit.Framework;

namespace Lure.Sim.Tests.Campaigns;

/// <summary>
/// Seeds that mutants of the loop and of the fake kernel are tried with: always the same ones, and few, so that a
/// kill can be repeated and costs little. Whatever else a campaign finds becomes a script or a test.
/// </summary>
[TestFixture]
[Category("Corpus")]
public sealed class CorpusTests
{
    private const int Few = 4;
    private const int SeedsPerTest = 11;

    [Test]
    public void Every_check_holds() => Hold(0, Few);

    /// <summary>For mutants of the loop alone: in a simulator that is itself mutated a seed takes eight times as long.</summary>
    [Test]
    [Category("MoreSeeds")]
    public void Every_check_holds_for_more([Range(0, 3)] int part) => Hold(Few + (part * SeedsPerTest), SeedsPerTest);

    private static void Hold(int first, int count)
    {
        using SeedRun run = new(new WorkerSet<FakeKernel>());
        run.Simulation.Patience = Impatient.Bounds;
        for (int i = 0; i < count; i++)
        {
            ulong seed = (ulong)(first + i);
            Assert.That(run.Run(seed), Is.True, $"seed {seed}: {run.Failure}");
        }
    }
}

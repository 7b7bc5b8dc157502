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
    private const int SeedsPerTest = 12;

    [Test]
    public void Every_check_holds([Range(0, 3)] int part)
    {
        using SeedRun run = new(new WorkerSet<FakeKernel>());
        run.Simulation.Patience = Impatient.Bounds;
        for (int i = 0; i < SeedsPerTest; i++)
        {
            ulong seed = (ulong)((part * SeedsPerTest) + i);
            Assert.That(run.Run(seed), Is.True, $"seed {seed}: {run.Failure}");
        }
    }
}

using System.Collections.Generic;
using Lure.Sim.Campaigns;
using Lure.Sim.Running;
using Lure.Sim.Scripts;
using NUnit.Framework;

namespace Lure.Sim.Tests.Scripts;

/// <summary>A random run that was written down as a script is the same run, to the last call.</summary>
[Category("Long")]
public sealed class RecordingTests
{
    private const ulong Seeds = 250;
    private const ulong FailingSeeds = 60;

    [Test]
    public void ARunThatHoldsIsRepeated() => Assert.That(Differences<FakeKernel>(Seeds, out _), Is.Empty);

    [Test]
    public void ARunThatFailsFailsInTheSameWayAtTheSameCall()
    {
        Assert.That(Differences<LyingKernel<RepeatsBytes>>(FailingSeeds, out int failures), Is.Empty);
        Assert.That(failures, Is.GreaterThan(20));
        Assert.That(Differences<LyingKernel<ForgetsFins>>(FailingSeeds, out failures), Is.Empty);
        Assert.That(failures, Is.GreaterThan(20));
        Assert.That(Differences<LyingKernel<LaundersResets>>(4 * FailingSeeds, out failures), Is.Empty);
        Assert.That(failures, Is.GreaterThan(2));
    }

    /// <summary>By way of the text: what the printer and the reader lose is lost here too.</summary>
    private static List<string> Differences<TKernel>(ulong seeds, out int failures)
        where TKernel : struct, ISimulatedKernel<TKernel>
    {
        using SeedRun run = new(new WorkerSet<TKernel>());
        using ScriptPlayer player = new(new WorkerSet<TKernel>());
        List<string> differences = [];
        failures = 0;
        for (ulong seed = 0; seed < seeds; seed++)
        {
            string? failure = FailureOf(run, seed);
            failures += failure is null ? 0 : 1;
            ulong hash = run.Simulation.World.Trace.Hash;
            ScriptResult result = player.Play(Script.Parse(Recording.Of(run.Simulation).ToText(), "recorded"));
            if ((result.Hash, result.Message) != (hash, failure))
            {
                differences.Add($"seed {seed}: {failure ?? "held"}; as a script: {result.Message ?? "held"}");
            }
        }

        return differences;
    }

    private static string? FailureOf(SeedRun run, ulong seed)
    {
        try
        {
            return run.Run(seed) ? null : run.Failure;
        }
        catch (System.Exception exception) when (Findings.Are(exception))
        {
            return Findings.Describe(exception);
        }
    }
}

using System;
using Lure.Sim.Conformance;
using NUnit.Framework;

namespace Lure.Sim.Tests.Conformance;

/// <summary>The comparison notices what it is for: here the fake kernel is compared with one that lies.</summary>
[Category("Long")]
public sealed class ConformerTests
{
    [Test]
    public void AKernelAgreesWithItself()
    {
        Conformer<LyingSocketApi> conformer = new(new LyingSocketApi(Lie.None));
        for (ulong seed = 0; seed < 300; seed++)
        {
            Assert.That(conformer.Compare(seed), Is.True);
        }

        Assert.That((conformer.Skipped, conformer.Scripts), Is.EqualTo((0, 300)));
    }

    [TestCase(Lie.EndInsteadOfReset)]
    [TestCase(Lie.NoWakeUp)]
    [TestCase(Lie.ByteChanged)]
    [TestCase(Lie.HighestNumber)]
    public void ALieIsFoundAndShrunk(Lie lie)
    {
        Conformer<LyingSocketApi> conformer = new(new LyingSocketApi(lie));
        for (ulong seed = 0; seed < 2000 && conformer.Differing < 3; seed++)
        {
            conformer.Compare(seed);
        }

        Assert.That(conformer.Divergences, Has.Count.EqualTo(3));
        foreach (Divergence divergence in conformer.Divergences)
        {
            int steps = divergence.Script.Split(';').Length;
            Assert.That(steps, Is.LessThanOrEqualTo(12), divergence.Script);
            Assert.That(divergence.Fake, Is.Not.EqualTo(divergence.Actual));
        }
    }

    [Test]
    public void WhereAKernelDisagreesWithItselfTheRestIsSkipped()
    {
        Conformer<LyingSocketApi> conformer = new(new LyingSocketApi(Lie.Moody));
        for (ulong seed = 0; seed < 200; seed++)
        {
            Assert.That(conformer.Compare(seed), Is.True);
        }

        Assert.That(conformer.Skipped, Is.Positive);
        Assert.That(conformer.Calls, Is.Positive);
    }

    [Test]
    public void AScriptAllocatesNothingOnTheFake()
    {
        ScriptGenerator generator = new();
        FakeWorld world = new();
        WorldOptions options = new();
        ScriptRunner<FakeSocketApi> runner = new(new FakeSocketApi(world));
        Answer[] answers = new Answer[ScriptGenerator.LongestScript];
        long allocated = 0;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (ulong seed = 0; seed < 1000; seed++)
            {
                world.Reset(options);
                _ = new FakeSocketApi(world);
                runner.Play(generator.Generate(seed), answers);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.That(allocated, Is.Zero, "in the last of three rounds of about 35,000 calls");
    }
}

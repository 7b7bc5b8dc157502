using System;
using System.Linq;
using Lure.Sim.Canaries;
using Lure.Sim.Conformance;
using Lure.Sim.Conformance.Twin;
using NUnit.Framework;

namespace Lure.Sim.Tests.Conformance;

/// <summary>The twin run notices what it is for: here one of the two kernels is a fake that lies to the loop.</summary>
[Category("Long")]
public sealed class TwinConformerTests
{
    [Test]
    public void AKernelAgreesWithItself()
    {
        using TwinConformer<FakeKernel, FakeSocketApi> conformer = new(new FakeTwinHost());
        for (ulong seed = 0; seed < 300; seed++)
        {
            Assert.That(conformer.Compare(seed), Is.True, $"seed {seed}");
        }

        Assert.That((conformer.Skipped, conformer.Scripts), Is.EqualTo((0, 300)));
        Assert.That(conformer.Sessions, Is.GreaterThan(300));
        Assert.That(conformer.Bytes, Is.GreaterThan(100_000));
    }

    [TestCase("RepeatedByte")]
    [TestCase("ResetAsEnd")]
    [TestCase("TailDropped")]
    [TestCase("ResetForgotten")]
    [TestCase("FinNotSent")]
    [TestCase("RefusalHidden")]
    public void ALieIsFoundShrunkAndCanBePlayedAgain(string canary)
    {
        Func<Canaries.Lie> makeLie = CanaryTable.All.Single(known => known.Name == canary).Tell;
        using TwinConformer<LyingKernel, FakeSocketApi> conformer = new(new LyingTwinHost(makeLie));
        for (ulong seed = 0; seed < 1000 && conformer.Differing == 0; seed++)
        {
            conformer.Compare(seed);
        }

        Assert.That(conformer.Divergences, Has.Count.EqualTo(1));
        Divergence divergence = conformer.Divergences[0];
        TwinScript script = TwinScriptText.Parse(divergence.Script);
        Assert.That(script.Steps, Has.Length.LessThanOrEqualTo(8), divergence.Script);
        Assert.That(divergence.Fake, Is.Not.EqualTo(divergence.Actual));
        Assert.That(conformer.Compare(divergence.Seed, script), Is.False);
    }

    [Test]
    public void AScriptIsPrintedAsItIsRead()
    {
        foreach (NamedTwin twin in NamedTwins.All)
        {
            Assert.That(TwinScriptText.Of(TwinScriptText.Parse(twin.Script)), Is.EqualTo(twin.Script));
        }

        TwinGenerator generator = new();
        for (ulong seed = 0; seed < 300; seed++)
        {
            string text = TwinScriptText.Of(generator.Generate(seed));
            Assert.That(TwinScriptText.Of(TwinScriptText.Parse(text)), Is.EqualTo(text));
        }
    }

    [TestCase("conect a", "\"conect a\": \"conect\" is no step of a twin script")]
    [TestCase("connect A", "\"connect A\": a letter from a to h was expected, not \"A\"")]
    [TestCase("send z 5", "\"send z 5\": a letter from a to h was expected, not \"z\"")]
    [TestCase("send a", "\"send a\": 2 arguments were expected")]
    [TestCase("send a 0", "\"send a 0\": a number from 1 to 16777216 was expected")]
    [TestCase("down 3", "\"down 3\": a number from 1 to 2 was expected")]
    [TestCase("front tpc", "\"front tpc\": tcp or unix was expected")]
    [TestCase("connect a; block 5", "\"block 5\": settings stand before the steps")]
    public void WhatIsWrongIsTold(string text, string message) =>
        Assert.That(() => TwinScriptText.Parse(text), Throws.TypeOf<ScriptException>().With.Message.EqualTo(message));
}

using System.IO;
using Lure.Sim.Campaigns;
using Lure.Sim.Entropy;
using NUnit.Framework;

namespace Lure.Sim.Tests.Entropy;

/// <summary>Tapes as files.</summary>
[TestFixture]
[Category("Long")]
public sealed class TapeTextTests
{
    [TestCase("", new byte[0])]
    [TestCase("00ff", new byte[] { 0, 255 })]
    [TestCase("# all of it\n 0a\t0B # here too: zz\n\n0c\r\n", new byte[] { 10, 11, 12 })]
    public void AreTaken(string text, byte[] expected) =>
        Assert.That(TapeText.Parse(text, out _), Is.EqualTo(expected));

    [TestCase("00 0x", 4)]
    [TestCase("zz", 0)]
    [TestCase("00\n0 1", 4)]
    [TestCase("00 1", 4)]
    [TestCase("1#2", 1)]
    public void AreRefusedWithThePlace(string text, int offset)
    {
        Assert.That(TapeText.Parse(text, out TapeProblem problem), Is.Null);
        Assert.That(problem.Offset, Is.EqualTo(offset));
        Assert.That(problem.Expected, Does.Contain("hex digit"));
    }

    [Test]
    public void WhatASeedPrintsPlaysTheSame()
    {
        using StringWriter first = new() { NewLine = "\n" };
        using StringWriter again = new() { NewLine = "\n" };
        Tape seed = new(11);
        bool held = Replay.Run(seed, first);
        string[] parts = first.ToString().Split("# tape\n");

        byte[] bytes = TapeText.Parse(parts[1].Split("\n\n")[0], out _)!;

        Assert.That(bytes, Is.EqualTo(seed.Read.ToArray()));
        Assert.That(Replay.Run(new Tape(bytes), again), Is.EqualTo(held));
        Assert.That(again.ToString(), Is.EqualTo(first.ToString()));
    }
}

using System.IO;
using System.Linq;
using Lure.Linux.Commands;
using Lure.Linux.Proof;
using NUnit.Framework;

namespace Lure.Linux.Tests.Commands;

/// <summary>lure selftest: what it says, and that it can say no. Its last word is that of the published binary.</summary>
[TestFixture]
internal sealed class SelfTestTests
{
    [Test]
    public void IsHandedOver() =>
        Assert.That(CommandRun.Of("selftest").ExitCode, Is.EqualTo(CommandRun.SelfTestResult));

    [TestCase(true, ExitCode.Done, "ok   a\nok   b\n")]
    [TestCase(false, ExitCode.Refused, "FAIL a\nok   b\n")]
    public void EveryClaimIsALine(bool first, int exitCode, string said)
    {
        using StringWriter output = new() { NewLine = "\n" };

        int result = SelfTestCommand.Report([new Claim(first, "a"), new Claim(Holds: true, "b")], output);

        Assert.That((result, output.ToString()), Is.EqualTo((exitCode, said)));
    }

    [Test]
    public void AnAllocationIsNoticed() => Assert.That(MeterProof.Of().Holds, Is.True);

    [Test]
    public void WhatCostsAByteOrACollectionIsNotNothing() =>
        Assert.That(
            (new Cost(0, 0).IsNothing, new Cost(1, 0).IsNothing, new Cost(0, 1).IsNothing),
            Is.EqualTo((true, false, false))
        );

    /// <summary>Collections are the process's, and a test runner has them.</summary>
    [Test]
    public void WhatItLooksIntoHoldsHereToo()
    {
        Claim[] claims =
        [
            LoopProof.OfEvents(least: 10_000),
            LoopProof.OfFaults(least: 1_000),
            LogProof.Of("haproxy", least: 2_000),
        ];

        Assert.That(claims.Select(claim => claim.Text), Has.All.Contain(" 0 bytes allocated"));
    }
}

using System.IO;
using Lure.Sim.Campaigns;
using Lure.Sim.Entropy;
using Lure.Sim.Reporting;
using Lure.Sim.Running;
using Lure.Sim.Scripts;
using Lure.Sim.Shrinking;
using NUnit.Framework;

namespace Lure.Sim.Tests.Scripts;

/// <summary>A failure is told in a few lines that anybody can run.</summary>
[Category("Long")]
public sealed class ReportTests
{
    private const int ClientsMax = 2;
    private const int CallsMax = 30;

    [Test]
    public void ALostFinIsToldInAFewCalls() => AssertShort<LyingKernel<ForgetsFins>>(0);

    [Test]
    public void ARepeatedByteIsToldInAFewCalls() => AssertShort<LyingKernel<RepeatsBytes>>(0);

    [Test]
    public void ALaunderedResetIsToldInAFewCalls() => AssertShort<LyingKernel<LaundersResets>>(0);

    [Test]
    public void AReportSaysAllThatIsKnown()
    {
        FailureReport report = FirstFailure<LyingKernel<ForgetsFins>>(0);
        string text = report.ToText();
        Assert.That(text, Does.StartWith(report.Origin + " fails: call "));
        Assert.That(text, Does.Contain("\ncfg ").And.Contain("\nfaults"));
        Assert.That(text, Does.Contain(report.Script!.ToText()));
        Assert.That(text, Does.Contain("ScriptRun.Check(\n        \"\"\"\n        # " + report.Origin));
        Assert.That(report.Trace, Does.Contain(" w1 Accept "));
    }

    [Test]
    public void ASeedThatHoldsHasNoReport() => Assert.That(FailureReport.For<FakeKernel>(0), Is.Null);

    [Test]
    public void ATapeIsCutAndBlankedAsFarAsItStillFails()
    {
        using SeedRun run = new(new WorkerSet<LyingKernel<ForgetsFins>>());
        Assert.That(run.Run(0), Is.False);
        string check = FailureId.Of(run.Failure!);
        Tape whole = new(0);
        run.Run(whole);

        byte[] shrunk = TapeShrinker.Shrink(run, whole.Read, check, 400);

        Assert.That(shrunk, Has.Length.LessThan(whole.Used));
        Assert.That(run.Run(new Tape(shrunk)), Is.False);
        Assert.That(FailureId.Of(run.Failure!), Is.EqualTo(check));
    }

    [TestCase("call 12: V11: it sleeps", "V11")]
    [TestCase("call 12: V7, V8: worker 0 keeps", "V7")]
    [TestCase("call 9: call 3: Receive on descriptor 5, which is closed", "Receive-on-descriptor")]
    [TestCase("the fake kernel: byte 3", "fake")]
    [TestCase("IndexOutOfRangeException: Index was", "IndexOutOfRangeException")]
    public void AFailureIsKnownByItsCheck(string message, string check) =>
        Assert.That(FailureId.Of(message), Is.EqualTo(check));

    private static void AssertShort<TKernel>(ulong first)
        where TKernel : struct, ISimulatedKernel<TKernel>
    {
        FailureReport report = FirstFailure<TKernel>(first);
        using StringWriter trace = new();
        ScriptResult result = ScriptRun.Run<TKernel>(Script.Parse(report.Script!.ToText(), "shrunk"), trace);

        Assert.That(result.Check, Is.EqualTo(FailureId.Of(report.Message)));
        Assert.That(report.Script.Clients, Has.Length.LessThanOrEqualTo(ClientsMax));
        Assert.That(result.Calls, Is.LessThanOrEqualTo(CallsMax), $"{report.Script.ToText()}{trace}");
    }

    private static FailureReport FirstFailure<TKernel>(ulong first)
        where TKernel : struct, ISimulatedKernel<TKernel>
    {
        using SeedRun run = new(new WorkerSet<TKernel>());
        ulong seed = first;
        while (run.Run(seed))
        {
            seed++;
        }

        return FailureReport.For<TKernel>(seed)!;
    }
}

using Lure.Sim.Scripts;
using NUnit.Framework;

namespace Lure.Sim.Tests.Scripts;

/// <summary>What a script expects is compared, and a script that does not do what it says is no pass.</summary>
public sealed class ScriptRunTests
{
    private const string Echo = "c1: C S100 F R =100,fin K\ns1: A E F K\n";

    [TestCase(Echo + "end c1 code=-- c=FIN s=FIN up=100 down=100 lost_up=0 server=s1 retries=0")]
    [TestCase("c1: C F R =0,fin K\ns1: A R =0,fin F K")]
    [TestCase("# nobody comes")]
    public void WhatHoldsHolds(string text) => Assert.That(Run(text).Message, Is.Null);

    [TestCase("c1: C S100 F R =99,fin K\ns1: A E F K", "c1: \"R =99,fin\" came to 100 bytes, end Fin")]
    [TestCase("c1: C S100 F R =rst K\ns1: A E F K", "c1: \"R =rst\" came to 100 bytes, end Fin")]
    [TestCase("c1: C P5000 R =0 K\ncfg chaos=0", "c1: \"R =0\" was never done")]
    [TestCase(Echo + "end c1 up=99", "c1: its record says up=100, expected 99")]
    [TestCase(Echo + "expect V11", "V11 was to fail; everything held")]
    public void WhatDoesNotHoldFails(string text, string message)
    {
        ScriptResult result = Run(text);
        Assert.That(result.Verdict, Is.EqualTo(ScriptVerdict.Failed));
        Assert.That(result.Message, Is.EqualTo(message));
    }

    [Test]
    public void APinThatNeverHappensProvesNothing()
    {
        ScriptResult result = Run(Echo + "@900 reset c1");
        Assert.That(result.Verdict, Is.EqualTo(ScriptVerdict.Inconclusive));
        Assert.That(result.Message, Is.EqualTo("inconclusive: \"@900 reset c1\" never happened"));
    }

    /// <summary>A pin has a number, and a script that gets shorter has another call there.</summary>
    [TestCase("@1 !EINTR", Description = "epoll_ctl is not interrupted")]
    [TestCase("@3 !ENOSPC", Description = "accept watches nothing")]
    [TestCase("@2 !EMFILE", Description = "a wait opens nothing")]
    public void WhatACallNeverAnswersIsNotDone(string pin)
    {
        ScriptResult result = Run(Echo + pin);
        Assert.That(result.Verdict, Is.EqualTo(ScriptVerdict.Inconclusive));
        Assert.That(result.Message, Is.EqualTo($"inconclusive: \"{pin}\" never happened"));
    }

    [TestCase("c1: C S20 F R =20,fin K\ns1: A R20 S20 R F K")]
    [TestCase("c1: C X20 F R =20,fin K\ns1: A R20 X20 R F K")]
    public void UnixSocketsRelayAsWell(string programs)
    {
        const string Unix = "backend b1\nserver s1 unix\nfront f1 b1 unix\n";
        ScriptResult result = Run(Unix + programs + "\nend c1 code=-- up=20 down=20");
        Assert.That(result.Message, Is.Null);
        Assert.That(Script.Parse(Unix + programs, "test").ToText(), Is.EqualTo(Unix + programs + "\n"));
    }

    [Test]
    public void TheExpectedFailureIsAPass()
    {
        Script script = Script.Parse("c1: C S100 F R K\ns1: A E F K\nexpect V2", "lying");
        ScriptResult result = ScriptRun.Run<LyingKernel<RepeatsBytes>>(script);
        Assert.That(result.Verdict, Is.EqualTo(ScriptVerdict.Held));
        Assert.That(result.Check, Is.EqualTo("V2"));
    }

    [Test]
    public void AWorkerTakesItsTurnInsideACallOfAnother()
    {
        const string Two = "cfg workers=2\nc1: C S9 F R =9,fin K\nc2: C S8 F R =8,fin K\ns1: A E F K\n@9 w2\n@9+ w2\n";
        using System.IO.StringWriter trace = new();
        ScriptResult result = Impatient.Play(Script.Parse(Two, "two"), trace);
        Assert.That(result.Message, Is.Null);
        Assert.That(trace.ToString(), Does.Contain("-- w2"));
    }

    private static ScriptResult Run(string text) => Impatient.Play(Script.Parse(text, "test"));
}

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using Lure.Linux.Relay;
using NUnit.Framework;
using Tmds.Linux;

namespace Lure.Linux.Tests.Relay;

internal sealed class TerminationSignalsTests
{
    [TestCase(false, "TERM drain", "TERM stop", "TERM stop")]
    [TestCase(false, "INT stop", "TERM stop")]
    [TestCase(false, "TERM drain", "INT stop")]
    [TestCase(true, "INT drain", "INT stop")]
    [TestCase(true, "INT drain", "TERM stop")]
    public void Signals_drain_first_and_then_end(bool interruptDrains, params string[] steps)
    {
        using BlockingCollection<string> done = [];
        using TerminationSignals signals = new(interruptDrains);
        signals.Attach(() => done.Add("drain"), () => done.Add("stop"));
        List<string> seen = [];
        foreach (string step in steps)
        {
            string signal = step.Split(' ')[0];
            _ = LibC.raise(signal == "TERM" ? LibC.SIGTERM : LibC.SIGINT);
            Assert.That(done.TryTake(out string? what, TimeSpan.FromSeconds(10)), Is.True, $"{signal} was not handled");
            seen.Add($"{signal} {what}");
        }

        Assert.That(seen, Is.EqualTo(steps));
    }

    [Test]
    public void A_signal_that_comes_before_there_is_a_relay_is_held_for_it()
    {
        using BlockingCollection<string> done = [];
        using TerminationSignals signals = new(interruptDrains: false);
        _ = LibC.raise(LibC.SIGTERM);
        signals.Attach(() => done.Add("drain"), () => done.Add("stop"));

        Assert.That(done.TryTake(out string? what, TimeSpan.FromSeconds(10)), Is.True);
        Assert.That(what, Is.EqualTo("drain"));
    }

    /// <summary>The default of each is to kill; the signal after them shows that they were handled.</summary>
    /// <remarks>
    /// raise(3) and not kill(2): it returns when this thread has had the signal. One to the process may still be
    /// on its way through another thread when the last one is handled, and would then kill the tests.
    /// </remarks>
    [Test]
    public void What_other_relays_reload_and_reopen_by_ends_nothing()
    {
        using BlockingCollection<string> done = [];
        using TerminationSignals signals = new(interruptDrains: false);
        signals.Attach(() => done.Add("drain"), () => done.Add("stop"));
        foreach (int signal in new[] { LibC.SIGHUP, LibC.SIGUSR1, LibC.SIGUSR2, LibC.SIGTERM })
        {
            _ = LibC.raise(signal);
        }

        Assert.That(done.TryTake(out string? what, TimeSpan.FromSeconds(10)), Is.True);
        Assert.That(what, Is.EqualTo("drain"));
        Assert.That(done, Is.Empty);
    }
}

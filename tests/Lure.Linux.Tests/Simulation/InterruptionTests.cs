using System;
using System.IO;
using System.Text;
using System.Threading;
using Lure.Linux.Commands;
using Lure.Linux.Simulation;
using NUnit.Framework;
using Tmds.Linux;

namespace Lure.Linux.Tests.Simulation;

/// <summary>A campaign that is interrupted ends early, and tells what it ran.</summary>
internal sealed class InterruptionTests
{
    [Test]
    public void A_signal_asks_for_the_end([Values(2, 15)] int signal)
    {
        using Interruption interruption = new();
        Assert.That(interruption.IsAsked, Is.False);

        _ = LibC.raise(signal);

        Assert.That(SpinWait.SpinUntil(() => interruption.IsAsked, TimeSpan.FromSeconds(10)), Is.True);
    }

    [Test]
    public void A_campaign_that_is_interrupted_reports_what_it_ran()
    {
        using StringWriter output = new();
        using InterruptedByProgress progress = new();

        int exitCode = SimCommand.RunCampaign(new CampaignRequest { Seeds = 100_000_000, Jobs = 1 }, output, progress);

        Assert.That(exitCode, Is.EqualTo(ExitCode.Interrupted), output.ToString());
        Assert.That(output.ToString(), Does.StartWith("lure sim ").And.Contain("interrupted: "));
    }

    /// <summary>The first line about the progress is met by a SIGINT.</summary>
    private sealed class InterruptedByProgress : TextWriter
    {
        private bool _isSent;

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(string? value)
        {
            if (!_isSent)
            {
                _isSent = true;
                _ = LibC.raise(LibC.SIGINT);
            }
        }
    }
}

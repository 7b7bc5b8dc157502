using System.Collections.Generic;
using System.Linq;
using Lure.Linux.Commands;
using Lure.Linux.Conformance;
using Lure.Linux.Kernel;
using Lure.Sim.Conformance.Twin;
using NUnit.Framework;

namespace Lure.Linux.Tests.Conformance;

/// <summary>The loop with its peers, on the fake kernel and on this machine's; the command plays more of them.</summary>
internal sealed class TwinTests
{
    private const int Seeds = 100;

    /// <summary>A machine under load may let a timer of the kernel fall between two steps; not each time.</summary>
    private const int Tries = 10;

    private static IEnumerable<TestCaseData> Scripts =>
        NamedTwins.All.Select(script => new TestCaseData(script).SetArgDisplayNames(script.Name));

    [TestCaseSource(nameof(Scripts))]
    public void A_relay_ends_its_sessions_alike_on_both_kernels(NamedTwin script)
    {
        using LinuxTwinHost host = new(new FreshAddresses());
        using TwinConformer<LinuxKernel, LinuxSocketApi> conformer = new(host);
        TwinScript steps = TwinScriptText.Parse(script.Script);
        string[] fake = [];
        string[] real = ["not played"];
        for (int i = 0; i < Tries && !real.SequenceEqual(fake); i++)
        {
            (fake, real) = conformer.Play(steps);
        }

        Assert.Multiple(() =>
        {
            Assert.That(real, Is.EqualTo(fake));
            Assert.That(TwinFacts.Ends(fake), Is.EqualTo(script.Ends));
        });
    }

    [Test]
    public void No_random_script_comes_to_something_else()
    {
        using LinuxTwinHost host = new(new FreshAddresses());
        using TwinConformer<LinuxKernel, LinuxSocketApi> conformer = new(host);
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            conformer.Compare(seed);
        }

        TestContext.Out.WriteLine(
            $"{conformer.Facts} facts of {conformer.Sessions} sessions, {conformer.Skipped} skipped"
        );
        Assert.That(conformer.Divergences, Is.Empty);
        Assert.That(conformer.Sessions, Is.GreaterThan(Seeds));
        Assert.That(conformer.Facts, Is.GreaterThan(10 * Seeds));
    }

    [Test]
    public void The_command_shows_what_came_of_a_script()
    {
        using System.IO.StringWriter output = new();
        ConformPlan plan = new()
        {
            TwinScript = TwinScriptText.Parse("connect a; send a 5; drain A; finish a; finish A"),
        };
        Assert.That(ConformCommand.Run(plan, output), Is.EqualTo(ExitCode.Done));
        string[] lines = output.ToString().Split('\n', System.StringSplitOptions.RemoveEmptyEntries);
        Assert.That(
            lines[1..6],
            Is.EqualTo(
                new[]
                {
                    "connect a = EINPROGRESS",
                    "send a 5 = 5",
                    "drain A = 5 and EAGAIN",
                    "finish a = 0",
                    "finish A = 0",
                }
            )
        );
        Assert.That(lines[^1], Does.EndWith("0 skipped (0.0000 %), 0 divergences"));
    }

    [Test]
    public void The_command_plays_both_kinds_for_its_time()
    {
        using System.IO.StringWriter output = new();
        // In so few scripts one that the machine disturbs is already too large a share, so the status may say
        // "inconclusive": what was compared has to agree all the same.
        _ = ConformCommand.Run(new ConformPlan { Seconds = 1, From = 7 }, output);
        Assert.That(
            output.ToString(),
            Does.Match(@"^seeds 7 to .* 0 divergences\n(.*\n)?twin seeds 7 to .* 0 divergences\n")
        );
    }
}

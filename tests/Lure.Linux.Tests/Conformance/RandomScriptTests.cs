using Lure.Linux.Commands;
using Lure.Linux.Conformance;
using Lure.Sim.Conformance;
using NUnit.Framework;

namespace Lure.Linux.Tests.Conformance;

/// <summary>Random scripts on both kernels; the command plays more of them.</summary>
internal sealed class RandomScriptTests
{
    private const int Seeds = 1000;

    [Test]
    public void No_script_is_answered_differently()
    {
        using DescriptorHoles holes = new();
        Conformer<LinuxSocketApi> conformer = new(new LinuxSocketApi(new FreshAddresses()));
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            conformer.Compare(seed);
        }

        TestContext.Out.WriteLine($"{conformer.Calls} calls compared, {conformer.Skipped} skipped");
        Assert.That(conformer.Divergences, Is.Empty);
        Assert.That(conformer.Calls, Is.GreaterThan(20 * Seeds));
    }

    [Test]
    public void The_command_shows_both_answers_and_counts()
    {
        using System.IO.StringWriter output = new();
        ConformPlan plan = new() { Script = ScriptText.Parse("tcp x; poll x; recv x 1") };
        Assert.That(ConformCommand.Run(plan, output), Is.EqualTo(ExitCode.Done));
        Assert.That(
            output.ToString().Split('\n', System.StringSplitOptions.RemoveEmptyEntries),
            Is.EqualTo(
                new[]
                {
                    "tcp x = new",
                    "poll x = OUT|HUP",
                    "recv x 1 = ENOTCONN",
                    "the script: 1 scripts, 3 calls compared, 0 skipped (0.0000 %), 0 divergences",
                }
            )
        );
    }
}

using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Lure.Linux.Commands;
using Lure.Linux.Simulation;
using Lure.Sim.Entropy;
using NUnit.Framework;

namespace Lure.Linux.Tests.Commands;

/// <summary>lure sim: what it is asked for, what it runs, what it says.</summary>
[TestFixture]
internal sealed class SimTests
{
    [Test]
    public void RunsForAMinuteFromTheFirstSeed() =>
        Assert.That(CommandRun.Of("sim").Campaign, Is.EqualTo(new CampaignRequest { Seconds = 60 }));

    [Test]
    public void RunsAsManySeedsAsItIsAskedFor()
    {
        CommandRun run = CommandRun.Of("sim --seeds 7 --jobs 3 --from 0x10");

        Assert.That(
            (run.ExitCode, run.Campaign),
            Is.EqualTo(
                (
                    CommandRun.SimResult,
                    new CampaignRequest
                    {
                        Seeds = 7,
                        Jobs = 3,
                        From = 16,
                    }
                )
            )
        );
    }

    [Test]
    public void PlaysOneSeed()
    {
        CommandRun run = CommandRun.Of("sim --seed 42");

        Assert.That((run.ExitCode, run.Campaign), Is.EqualTo((CommandRun.SimResult, (CampaignRequest?)null)));
        Assert.That(run.Replayed!.Number(), Is.EqualTo(new Tape(42).Number()));
    }

    [Test]
    public void PlaysATape()
    {
        string path = Write("01 02 # two\n");
        try
        {
            Tape tape = CommandRun.Of("sim", "--tape", path).Replayed!;

            Assert.That(tape.Number(), Is.EqualTo(0x0102_0000_0000_0000UL));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void TriesEverything()
    {
        CommandRun run = CommandRun.Of("sim --exhaustive");

        Assert.That((run.ExitCode, run.Exhausted, run.Error), Is.EqualTo((CommandRun.SimResult, true, "")));
    }

    [TestCase("sim --exhaustive --seeds 5", "it tries everything, and takes no --seeds")]
    [TestCase("sim --seed 5 --exhaustive", "it tries everything, and takes no --seed")]
    public void EverythingIsNotAsManySeeds(string line, string message)
    {
        CommandRun run = CommandRun.Of(line);

        Assert.That((run.ExitCode, run.Exhausted), Is.EqualTo((ExitCode.Usage, false)));
        Assert.That(run.Error, Does.Contain(message));
    }

    [Test]
    public void ATapeWithAMistakeIsRefusedWithItsPlace()
    {
        string path = Write("00\n0x\n");
        try
        {
            CommandRun run = CommandRun.Of("sim", "--tape", path);

            Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Usage));
            Assert.That(run.Error, Does.StartWith($"{path}:2:2: error E003: this is no tape"));
            Assert.That(run.Error, Does.Contain("the second hex digit of a byte should stand here"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void ATapeThatIsNotThereIsRefused()
    {
        CommandRun run = CommandRun.Of("sim --tape /nowhere/tape");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Usage));
        Assert.That(run.Error, Does.StartWith("/nowhere/tape: error E001: it cannot be read: "));
    }

    [Test]
    public void ACampaignSaysTheSameForAnyNumberOfJobs()
    {
        (int exitCode, string one) = Campaign(jobs: 1);
        (_, string three) = Campaign(jobs: 3);

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.Done), one);
            Assert.That(one, Does.Match(@"^lure sim +40 seeds from 100, [\d.]+ s, 1 job, [\d,]+ seeds a second\n"));
            Assert.That(one, Does.Contain("canaries ").And.EndsWith("every check held\n"));
            Assert.That(Rest(three), Is.EqualTo(Rest(one)));
        });
    }

    [Test]
    public void ASeedIsPlayedTheSameEveryTime()
    {
        using var first = new MemoryStream();
        using var again = new MemoryStream();

        Assert.That(SimCommand.Replay(new Tape(3), first), Is.EqualTo(ExitCode.Done));
        Assert.That(SimCommand.Replay(new Tape(3), again), Is.EqualTo(ExitCode.Done));
        Assert.That(again.ToArray(), Is.EqualTo(first.ToArray()));
        string text = Encoding.UTF8.GetString(first.ToArray());
        Assert.That(
            Regex.Count(text, @"^trace [0-9a-f]{16}, \d+ calls, tape \d+ bytes$", RegexOptions.Multiline),
            Is.EqualTo(1)
        );
    }

    [Test]
    public void PlaysAScript()
    {
        string path = Write("c1: C S5 F R K\ns1: A R F K\n");
        try
        {
            CommandRun run = CommandRun.Of("sim", path);

            Assert.That((run.ExitCode, run.Error), Is.EqualTo((ExitCode.Done, "")));
            Assert.That(run.Output, Does.Match($@"\n{Regex.Escape(path)}: held, \d+ calls, trace [0-9a-f]{{16}}\n$"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void AScriptWithAMistakeIsRefusedWithItsPlace()
    {
        string path = Write("c1: C S5\nc2: Nonsense\n");
        try
        {
            CommandRun run = CommandRun.Of("sim", path);

            Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Usage));
            Assert.That(run.Error, Does.Match($@"^{Regex.Escape(path)}:2:\d+: error E003: "));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static (int ExitCode, string Output) Campaign(int jobs)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var request = new CampaignRequest
        {
            Seeds = 40,
            From = 100,
            Jobs = jobs,
        };
        int exitCode = SimCommand.RunCampaign(request, output, progress: null);
        return (exitCode, output.ToString());
    }

    /// <summary>Without the line that tells how fast it was.</summary>
    private static string Rest(string report) => string.Join('\n', report.Split('\n').Skip(1));

    private static string Write(string text)
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, text);
        return path;
    }
}

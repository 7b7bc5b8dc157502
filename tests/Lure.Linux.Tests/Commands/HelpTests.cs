using System;
using System.CommandLine;
using Lure.Linux.Commands;
using NUnit.Framework;

namespace Lure.Linux.Tests.Commands;

/// <summary>Every command explains itself.</summary>
[TestFixture]
internal sealed class HelpTests
{
    [TestCase("--help", "lure :5432 10.0.0.1:5432")]
    [TestCase("-h", "lure run -c /etc/lure/lure.toml")]
    [TestCase("run --help", "lure run -c lure.toml --log-format json")]
    [TestCase("check --help", "lure check -c lure.toml && systemctl restart lure")]
    [TestCase("demo --help", "lure demo")]
    [TestCase("sim --help", "lure sim --seed 42")]
    [TestCase("sim --help", "lure sim --exhaustive")]
    [TestCase("conform --help", "lure conform --seconds 60")]
    [TestCase("selftest --help", "lure selftest")]
    [TestCase("version --help", "lure version")]
    public void ShowsExamples(string line, string example)
    {
        CommandRun run = CommandRun.Of(line);

        Assert.Multiple(() =>
        {
            Assert.That((run.ExitCode, run.Error), Is.EqualTo((ExitCode.Done, "")));
            Assert.That(run.Output, Does.Contain("Usage:").And.Contain("\nExamples:\n").And.Contain($"  {example}\n"));
        });
    }

    [TestCase("--help")]
    [TestCase("run --help")]
    public void ShowsEveryFlag(string line)
    {
        string help = CommandRun.Of(line).Output;

        Assert.Multiple(() =>
        {
            foreach (Option<string> flag in new SettingFlags().All)
            {
                Assert.That(help, Does.Contain($"  {flag.Name} <{flag.HelpName}>"));
            }
        });
    }

    [TestCase("--help", true)]
    [TestCase("run --help", false)]
    [TestCase("check --help", false)]
    public void ShowsAddressesOnlyWhereTheyAreTaken(string line, bool shown) =>
        Assert.That(CommandRun.Of(line).Output.Contains("<LISTEN SERVER", StringComparison.Ordinal), Is.EqualTo(shown));

    [Test]
    public void ComesInSpiteOfOtherMistakes() =>
        Assert.That(CommandRun.Of("run --idel 5 --help").ExitCode, Is.EqualTo(ExitCode.Done));
}

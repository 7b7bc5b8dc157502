using Lure.Linux.Commands;
using NUnit.Framework;

namespace Lure.Linux.Tests.Commands;

/// <summary>Command lines that make no sense: what is told, to the letter, and exit code 2.</summary>
[TestFixture]
internal sealed class UsageTests
{
    [TestCase("", "E032: a command, or LISTEN and SERVER, is missing; try: lure demo, or: lure --help")]
    [TestCase("foo run -c x.toml", "E033: \"foo\" stands before the command run; see lure run --help")]
    [TestCase(":1 :2 check -c x.toml", "E033: \":1\" stands before the command check; see lure check --help")]
    [TestCase("chekc", "E030: unknown command \"chekc\"; did you mean \"lure check\"?")]
    [TestCase("rnu -c lure.toml", "E030: unknown command \"rnu\"; did you mean \"lure run\"?")]
    [TestCase("help", "E030: unknown command \"help\"; did you mean \"lure --help\"?")]
    [TestCase("Check", "E030: unknown command \"Check\"; did you mean \"lure check\"?")]
    [TestCase(
        "localhost one.internal:1",
        "E030: \"localhost\" is neither a command nor an address with a port; commands: run, check, demo, sim, conform, selftest, version"
    )]
    [TestCase(":7000", "E032: SERVER is missing; as in: lure :7000 127.0.0.1:5432")]
    [TestCase("7000 :1", "E014: LISTEN: bad address \"7000\": the port is missing; did you mean \":7000\"?")]
    [TestCase(":7000 7001", "E014: SERVER: bad address \"7001\": the port is missing; did you mean \":7001\"?")]
    [TestCase(":7000 :7001 :7001", "E025: SERVER: \":7001\" is given twice; leave one out")]
    [TestCase(":7000 :7001 --idel 5s", "E031: unknown flag \"--idel\"; did you mean \"--idle\"?")]
    [TestCase(":7000 :7001 --idel=5s", "E031: unknown flag \"--idel\"; did you mean \"--idle\"?")]
    [TestCase(":7000 :7001 --config=x", "E031: unknown flag \"--config\"; it goes with lure run")]
    [TestCase("--nonsense", "E031: unknown flag \"--nonsense\"; see lure --help")]
    [TestCase("check --nonsense", "E031: unknown flag \"--nonsense\"; see lure check --help")]
    [TestCase(":7000 :7001 --idle", "E032: --idle: its value is missing; as in --idle TIME")]
    [TestCase("run -c", "E032: --config: its value is missing; as in --config FILE")]
    [TestCase(":1 :2 --idle 5s --idle 6s", "E033: --idle: it is given more than once; as in --idle TIME")]
    [TestCase("run lure.toml", "E033: lure run takes no \"lure.toml\"; did you mean \"-c lure.toml\"?")]
    [TestCase("demo now", "E033: lure demo takes no \"now\"; see lure demo --help")]
    [TestCase("conform now", "E033: lure conform takes no \"now\"; see lure conform --help")]
    [TestCase("selftest now", "E033: lure selftest takes no \"now\"; see lure selftest --help")]
    [TestCase("slftest", "E030: unknown command \"slftest\"; did you mean \"lure selftest\"?")]
    [TestCase("conform --seconds 0", "E008: --seconds: \"0\" is out of range; 1 to 86400")]
    [TestCase(
        "conform --seed x",
        "E006: --seed: \"x\" is not a seed; a number, 0x and up to 16 hex digits, or the 40 of a commit"
    )]
    [TestCase(
        "conform --script frob",
        "E003: --script: \"frob\": \"frob\" is no call; as in \"tcp a; bind a; listen a 1\""
    )]
    [TestCase(
        "conform --twin --script frob",
        "E003: --script: \"frob\": \"frob\" is no step of a twin script; as in \"connect a; send a 5; drain A; finish a\""
    )]
    [TestCase("conform --seed 1 --from 2", "E033: --seed: it plays one script, and takes no --from; leave one out")]
    [TestCase(
        "conform --script poll --seed 2",
        "E033: --script: it plays one script, and takes no --seed; leave one out"
    )]
    [TestCase(":1 :2 --idle 5", "E007: --idle: \"5\" needs a unit; \"5s\" or \"5ms\"?")]
    [TestCase(":1 :2 --connect 0s", "E008: --connect: \"0s\" is out of range; 1ms to 30d")]
    [TestCase(":1 :2 --workers 0", "E008: --workers: \"0\" is out of range; 1 to 256")]
    [TestCase(":1 :2 --workers 99999999999", "E008: --workers: \"99999999999\" is out of range; 1 to 256")]
    [TestCase(":1 :2 --workers two", "E006: --workers: \"two\" is not a whole number; 1 to 256")]
    [TestCase(":1 :2 --workers -1", "E006: --workers: \"-1\" is not a whole number; 1 to 256")]
    [TestCase(":1 :2 --maxconn 10000001", "E008: --maxconn: \"10000001\" is out of range; 1 to 2097152")]
    [TestCase(
        ":1 :2 --balance roundrobin",
        "E009: --balance: unknown value \"roundrobin\"; did you mean \"round-robin\"?"
    )]
    [TestCase(":1 :2 --log nowhere", "E009: --log: unknown value \"nowhere\"; one of: stdout, none")]
    [TestCase("sim --seeds 0", "E008: --seeds: \"0\" is out of range; 1 to 1000000000")]
    [TestCase("sim --seconds 1m", "E006: --seconds: \"1m\" is not a whole number; 1 to 2592000")]
    [TestCase("sim --jobs 257", "E008: --jobs: \"257\" is out of range; 1 to 256")]
    [TestCase(
        "sim --from main",
        "E006: --from: \"main\" is not a seed; a number, 0x and up to 16 hex digits, or the 40 of a commit"
    )]
    [TestCase(
        "sim --seed 0xg",
        "E006: --seed: \"0xg\" is not a seed; a number, 0x and up to 16 hex digits, or the 40 of a commit"
    )]
    [TestCase("sim --seed", "E032: --seed: its value is missing; as in --seed SEED")]
    [TestCase("sim --seed 1 --jobs 2", "E033: --seed: it plays one run, and takes no --jobs; leave one out")]
    [TestCase("sim --seed 1 --tape x", "E033: --seed: it plays one run, and takes no --tape; leave one out")]
    [TestCase("sim --sed 1", "E031: unknown flag \"--sed\"; did you mean \"--seed\"?")]
    [TestCase(":1 :2 --seed 1", "E031: unknown flag \"--seed\"; it goes with lure sim")]
    [TestCase("sim case.lure --jobs 2", "E033: --jobs: a script takes no flag; leave it out")]
    [TestCase(":1 :2 --log-format jsn", "E009: --log-format: unknown value \"jsn\"; did you mean \"json\"?")]
    public void IsRefused(string line, string error)
    {
        CommandRun run = CommandRun.Of(line);

        Assert.Multiple(() =>
        {
            Assert.That(run.Error, Is.EqualTo($"lure: error {error}\n"));
            Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Usage));
            Assert.That((run.Output, run.Relayed), Is.EqualTo(("", (object?)null)));
        });
    }

    [Test]
    public void AllMistakesAreTold()
    {
        CommandRun run = CommandRun.Of("*:1 :0 --idle 5");

        Assert.That(
            run.Error,
            Is.EqualTo(
                "lure: error E014: LISTEN: bad address \"*:1\": a port alone means every address; did you mean \":1\"?\n"
                    + "lure: error E015: SERVER: port 0 is out of range; 1 to 65535\n"
                    + "lure: error E007: --idle: \"5\" needs a unit; \"5s\" or \"5ms\"?\n"
                    + "3 errors\n"
            )
        );
    }

    [Test]
    public void ANameThatDoesNotResolveIsNoMistakeOfUsage()
    {
        CommandRun run = CommandRun.Of(":1 nope.internal:2");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Refused));
            Assert.That(run.Error, Does.StartWith("lure: error E017: SERVER: \"nope.internal\" does not resolve"));
        });
    }

    [Test]
    public void NoFileIsReadForAnAtSign() =>
        Assert.That(CommandRun.Of("@/etc/hostname").Error, Does.StartWith("lure: error E030"));
}

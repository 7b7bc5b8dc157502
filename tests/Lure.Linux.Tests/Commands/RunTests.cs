using System;
using System.IO;
using System.Linq;
using System.Text;
using Lure.Core.Backends;
using Lure.Linux.Commands;
using Lure.Linux.Configuration;
using NUnit.Framework;

namespace Lure.Linux.Tests.Commands;

/// <summary>What reaches the relay, and what the other commands print.</summary>
[TestFixture]
internal sealed class RunTests
{
    private const string Toml = """
        [process]
        workers = 2
        [defaults.timeout]
        idle = "7s"
        connect = "8s"
        [listen.pg]
        bind = ":5432"
        to = "pg"
        [backend.pg]
        servers = ["10.0.0.1:5432", "10.0.0.2:5432"]
        """;

    private string _path = "";

    [SetUp]
    public void WriteFile()
    {
        _path = Path.GetTempFileName();
        File.WriteAllText(_path, Toml);
    }

    [TearDown]
    public void RemoveFile() => File.Delete(_path);

    [Test]
    public void AddressesAloneAreEnough()
    {
        CommandRun run = CommandRun.Of(":7000 10.0.0.1:5432 db.internal:5432");
        Settings settings = run.Relayed!;

        Assert.Multiple(() =>
        {
            Assert.That((run.ExitCode, run.Output, run.Error), Is.EqualTo((CommandRun.RelayResult, "", "")));
            Assert.That(settings.Listeners.Single().Name, Is.EqualTo("main"));
            Assert.That(settings.Listeners.Single().Binds.Single().AnyFamily, Is.True);
            Assert.That(
                settings.Backends.Single().Servers.Select(server => server.Name),
                Is.EqualTo(new[] { "10.0.0.1:5432", "db.internal:5432", "db.internal:5432#2" })
            );
        });
    }

    [Test]
    public void EveryFlagArrives()
    {
        Settings settings = CommandRun
            .Of(
                ":1 :2 --workers 3 --maxconn 40 --pipes 0 --drain-deadline 5s --log none --log-format json --balance random2 "
                    + "--connect 6s --idle 7s --half-close 8s --linger=9s"
            )
            .Relayed!;

        Assert.Multiple(() =>
        {
            Assert.That((settings.Workers, settings.MaxConnections), Is.EqualTo(((int?)3, (int?)40)));
            Assert.That(settings.Pipes, Is.Zero);
            Assert.That((settings.LogTarget, settings.LogFormat), Is.EqualTo((LogTarget.None, LogFormat.Json)));
            Assert.That(settings.Backends.Single().Balance, Is.EqualTo(Balance.RandomTwo));
            Assert.That(
                new[]
                {
                    settings.DrainDeadline,
                    settings.ConnectTimeout,
                    settings.IdleTimeout,
                    settings.HalfCloseTimeout,
                    settings.LingerTimeout,
                },
                Is.EqualTo(new[] { 5, 6, 7, 8, 9 }.Select(seconds => seconds * Duration.Second))
            );
        });
    }

    [Test]
    public void FlagsMayStandBeforeTheAddresses() =>
        Assert.That(CommandRun.Of("--idle 7s :1 :2").Relayed!.IdleTimeout, Is.EqualTo(7 * Duration.Second));

    [Test]
    public void FlagsOverrideTheFile()
    {
        Settings settings = CommandRun.Of("run", "-c", _path, "--idle", "9s", "--balance", "source").Relayed!;

        Assert.Multiple(() =>
        {
            Assert.That(settings.IdleTimeout, Is.EqualTo(9 * Duration.Second));
            Assert.That(settings.ConnectTimeout, Is.EqualTo(8 * Duration.Second));
            Assert.That(settings.Workers, Is.EqualTo(2));
            Assert.That(settings.Backends.Single().Balance, Is.EqualTo(Balance.Source));
        });
    }

    [Test]
    public void ABadFileIsNotRun()
    {
        File.AppendAllText(_path, "\nnonsense = 1\n");

        CommandRun run = CommandRun.Of("run", "--config", _path);

        Assert.Multiple(() =>
        {
            Assert.That((run.ExitCode, run.Relayed), Is.EqualTo((ExitCode.Refused, (Settings?)null)));
            Assert.That(
                run.Error,
                Does.StartWith($"{_path}:11:1: error E005: unknown key \"nonsense\" in [backend.pg]\n")
            );
        });
    }

    [Test]
    public void ABadFlagAndABadFileAreBothTold()
    {
        File.AppendAllText(_path, "\nnonsense = 1\n");

        CommandRun run = CommandRun.Of("run", "-c", _path, "--idle", "9");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Usage));
            Assert.That(
                run.Error,
                Does.StartWith("lure: error E007: --idle").And.Contain("E005").And.EndWith("2 errors\n")
            );
        });
    }

    [Test]
    public void CheckTellsWhereARingIsRefused()
    {
        File.WriteAllText(_path, "[process]\nbatch = \"io_uring\"\n[listen.a]\nbind = \":1\"\nto = \"10.0.0.1:1\"\n");

        CommandRun run = CommandRun.Of("check", "-c", _path);

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((ExitCode.Done, "")));
        Assert.That(
            run.Output,
            Does.StartWith($"{_path}: ok: ")
                .And.Contain($"\n{_path}: note: io_uring is forbidden here (EPERM)")
                .And.EndWith("batches are plain calls\n")
        );
    }

    [Test]
    public void CheckCounts()
    {
        CommandRun run = CommandRun.Of("check", "-c", _path);

        Assert.That(
            (run.ExitCode, run.Output, run.Error),
            Is.EqualTo((ExitCode.Done, $"{_path}: ok: 1 listener, 1 backend, 2 servers\n", ""))
        );
    }

    [Test]
    public void CheckTellsErrorsOnStandardError()
    {
        File.WriteAllText(_path, "[log]\n", Encoding.UTF8);

        CommandRun run = CommandRun.Of("check", "-c", _path);

        Assert.Multiple(() =>
        {
            Assert.That((run.ExitCode, run.Output), Is.EqualTo((ExitCode.Refused, "")));
            Assert.That(run.Error, Does.StartWith($"{_path}:1:1: error E012: the file has no listener\n"));
        });
    }

    [Test]
    public void DemoIsHandedOver() => Assert.That(CommandRun.Of("demo").ExitCode, Is.EqualTo(CommandRun.DemoResult));

    [TestCase("demo", "127.0.0.1:7000")]
    [TestCase("demo --listen 127.0.0.1:7001", "127.0.0.1:7001")]
    [TestCase("demo --listen :7002", ":7002")]
    public void DemoListensWhereItIsTold(string line, string listen) =>
        Assert.That(CommandRun.Of(line).DemoBinds!.Single().Text, Is.EqualTo(listen));

    [TestCase("demo --listen", "E032: --listen: its value is missing; as in --listen LISTEN")]
    [TestCase("demo --listen 7001x", "E014: --listen: ")]
    [TestCase("demo --listen unix:/tmp/s", "E014: --listen: the demo relays TCP; as in --listen 127.0.0.1:7001")]
    public void DemoTakesATcpAddress(string line, string error)
    {
        CommandRun run = CommandRun.Of(line);

        Assert.Multiple(() =>
        {
            Assert.That((run.ExitCode, run.DemoBinds), Is.EqualTo((ExitCode.Usage, (BindAddress[]?)null)));
            Assert.That(run.Error, Does.StartWith($"lure: error {error}"));
        });
    }

    [TestCase("version")]
    [TestCase("--version")]
    public void VersionIsThatOfTheBuild(string line)
    {
        CommandRun run = CommandRun.Of(line);
        string version = typeof(CommandLine).Assembly.GetName().Version!.ToString(3);

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((ExitCode.Done, $"lure {version}\n")));
    }

    [Test]
    public void ADefectIsOneLine()
    {
        using var error = new StringWriter { NewLine = "\n" };

        LastHandler.Report(new InvalidOperationException("a\nb"), error);

        Assert.That(
            error.ToString(),
            Is.EqualTo(
                "lure: error E099: a defect of Lure's: InvalidOperationException: a\ufffdb; please report it, LURE_TRACE=1 tells more\n"
            )
        );
    }
}

using System;
using System.Linq;
using Lure.Core.Backends;
using Lure.Linux.Configuration;
using NUnit.Framework;

namespace Lure.Linux.Tests.Configuration;

/// <summary>What a right file becomes.</summary>
[TestFixture]
internal sealed class SettingsTests
{
    private const long Second = 1_000_000_000;

    private const string Full = """
        [process]
        workers = 4                     # default: the CPUs this process may use
        maxconn = 9000
        pipes = 7                  # default: from descriptors and memory, printed at start
        spin    = "100us"
        batch   = "io_uring"            # calls | io_uring
        steer   = "cpu"                 # hash | cpu
        drain   = { deadline = "20s" }
        [log]
        to      = "none"                # stdout | none
        format  = "logfmt"              # haproxy | json | logfmt
        [defaults.timeout]
        connect = "1500ms"
        idle    = "1d"
        half_close = "10m"
        linger  = "3s"
        [listen.pg]
        bind = ":5432"                  # or a list
        to   = "pg"
        [backend.pg]
        balance = "leastconn"
        retry   = { servers = 2 }
        eject   = { failures = 5, for = "1m" }
        servers = ["10.0.0.1:5432", { name = "b", addr = "one.internal:5432", weight = 2, maxconn = 100, backup = true }]
        """;

    [Test]
    public void EveryKeyArrives()
    {
        Settings settings = CheckedFile.Settings(Full);

        Assert.Multiple(() =>
        {
            Assert.That(settings.Workers, Is.EqualTo(4));
            Assert.That(settings.MaxConnections, Is.EqualTo(9000));
            Assert.That(settings.Pipes, Is.EqualTo(7));
            Assert.That((settings.SpinTime, settings.Batch), Is.EqualTo((100_000, BatchKind.IoUring)));
            Assert.That(settings.Steering, Is.EqualTo(SteeringKind.Cpu));
            Assert.That(settings.DrainDeadline, Is.EqualTo(20 * Second));
            Assert.That(settings.LogTarget, Is.EqualTo(LogTarget.None));
            Assert.That(settings.LogFormat, Is.EqualTo(LogFormat.Logfmt));
            Assert.That(settings.ConnectTimeout, Is.EqualTo(1_500_000_000));
            Assert.That(settings.IdleTimeout, Is.EqualTo(86_400 * Second));
            Assert.That(settings.HalfCloseTimeout, Is.EqualTo(600 * Second));
            Assert.That(settings.LingerTimeout, Is.EqualTo(3 * Second));
        });
    }

    [Test]
    public void ABackendArrivesWhole()
    {
        BackendSpec backend = CheckedFile.Settings(Full).Backends.Single();

        Assert.Multiple(() =>
        {
            Assert.That(backend.Name, Is.EqualTo("pg"));
            Assert.That(backend.Balance, Is.EqualTo(Balance.LeastConnections));
            Assert.That((backend.Retries, backend.EjectAfter, backend.EjectFor), Is.EqualTo((2, 5, 60 * Second)));
            Assert.That(Described(backend), Is.EqualTo(new[] { "10.0.0.1:5432 1 0 False", "b 2 100 True" }));
        });
    }

    [Test]
    public void WhatIsLeftOutHasItsDefault()
    {
        Settings settings = CheckedFile.Settings("[listen.pg]\nbind = \":5432\"\nto = \"10.0.0.1:5432\"");
        BackendSpec backend = settings.Backends.Single();

        Assert.Multiple(() =>
        {
            Assert.That((settings.Workers, settings.MaxConnections), Is.EqualTo(((int?)null, (int?)null)));
            Assert.That((settings.SpinTime, settings.Batch), Is.EqualTo((50_000, BatchKind.Calls)));
            Assert.That(settings.Steering, Is.EqualTo(SteeringKind.Hash));
            Assert.That(settings.DrainDeadline, Is.EqualTo(30 * Second));
            Assert.That((settings.LogTarget, settings.LogFormat), Is.EqualTo((LogTarget.Stdout, LogFormat.HAProxy)));
            Assert.That((settings.ConnectTimeout, settings.LingerTimeout), Is.EqualTo((5 * Second, 2 * Second)));
            Assert.That((settings.IdleTimeout, settings.HalfCloseTimeout), Is.EqualTo((3600 * Second, 3600 * Second)));
            Assert.That(settings.Listeners.Single().UnixMode, Is.EqualTo(Convert.ToInt32("660", 8)));
            Assert.That((backend.Retries, backend.EjectAfter, backend.EjectFor), Is.EqualTo((3, 3, 10 * Second)));
        });
    }

    [Test]
    public void HeadersDottedKeysAndInlineTablesMeanTheSame()
    {
        const string Headers = """
            process.drain.deadline = "9s"
            [defaults]
            timeout.idle = "7s"
            [listen]
            pg = { bind = [":5432"], to = "pg" }
            [backend.pg.retry]
            servers = 1
            [backend.pg]
            balance = "source"
            [[backend.pg.servers]]
            addr = "10.0.0.1:1"
            [[backend.pg.servers]]
            name = "b"
            addr = "10.0.0.2:1"
            """;

        Settings settings = CheckedFile.Settings(Headers);
        BackendSpec backend = settings.Backends.Single();

        Assert.Multiple(() =>
        {
            Assert.That((settings.DrainDeadline, settings.IdleTimeout), Is.EqualTo((9 * Second, 7 * Second)));
            Assert.That((backend.Retries, backend.Balance), Is.EqualTo((1, Balance.Source)));
            Assert.That(backend.Servers.Select(server => server.Name), Is.EqualTo(new[] { "10.0.0.1:1", "b" }));
        });
    }

    [Test]
    public void ServersOfAListenerAreABackendOfItsName()
    {
        Settings settings = CheckedFile.Settings(
            "[listen.x]\nbind = \":1\"\nto = [\":2\", { name = \"b\", addr = \":3\" }]\n[listen.y]\nbind = \":4\"\nto = \"z\"\n[backend.z]\nservers = \":5\""
        );

        Assert.Multiple(() =>
        {
            Assert.That(settings.Backends.Select(backend => backend.Name), Is.EqualTo(new[] { "z", "x" }));
            Assert.That(settings.Listeners.Select(listener => listener.Backend), Is.EqualTo(new[] { 1, 0 }));
            Assert.That(settings.Backends[1].Servers.Select(server => server.Name), Is.EqualTo(new[] { ":2", "b" }));
        });
    }

    [Test]
    public void OneBackendMayServeSeveralListeners()
    {
        Settings settings = CheckedFile.Settings(
            "[listen.x]\nbind = \":1\"\nto = \"z\"\n[listen.y]\nbind = \":4\"\nto = \"z\"\n[backend.z]\nservers = \":5\""
        );

        Assert.That(settings.Listeners.Select(listener => listener.Backend), Is.EqualTo(new[] { 0, 0 }));
    }

    [TestCase("666", 0b110_110_110)]
    [TestCase("0600", 0b110_000_000)]
    public void ModeIsOctal(string mode, int expected)
    {
        string toml = $"[listen.x]\nbind = \"unix:/run/x\"\nto = \":2\"\nmode = \"{mode}\"";

        Assert.That(CheckedFile.Settings(toml).Listeners.Single().UnixMode, Is.EqualTo(expected));
    }

    private static string[] Described(BackendSpec backend) =>
        [.. backend.Servers.Select(server => $"{server.Name} {server.Weight} {server.MaxSessions} {server.Backup}")];
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lure.Core.Backends;
using Lure.Linux.Configuration;
using Lure.Linux.Relay;
using Lure.Linux.Sockets;
using NUnit.Framework;

namespace Lure.Linux.Tests.Sockets;

internal sealed class ListenersTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void Each_worker_has_a_TCP_socket_of_its_own_and_shares_the_unix_one()
    {
        using Listeners listeners = Listeners.Open(
            Binds.Listener(Binds.Loopback(), Binds.LoopbackIPv6(), Binds.Unix(_folder["s"])),
            workers: 2,
            []
        );
        IReadOnlyList<ListenerSpec> first = listeners.OfWorker(0);
        IReadOnlyList<ListenerSpec> second = listeners.OfWorker(1);

        Assert.That(first.Select(spec => spec.Shared), Is.EqualTo(new[] { false, false, true }));
        Assert.That(
            first.Zip(second).Select(pair => pair.First.Fd == pair.Second.Fd),
            Is.EqualTo(new[] { false, false, true })
        );
        Assert.That(
            listeners.Addresses.Select(address => address.ToString()),
            Is.EqualTo(
                new[]
                {
                    $"127.0.0.1:{PrintedAddress.Port(listeners.Addresses[0].Address)}",
                    $"[::1]:{PrintedAddress.Port(listeners.Addresses[1].Address)}",
                    $"unix:{_folder["s"]}",
                }
            )
        );
    }

    [Test]
    public void Every_address_that_fails_is_told_and_nothing_stays_open()
    {
        using Listeners running = Listeners.Open(Binds.Listener(Binds.Loopback()), workers: 1, []);
        int taken = PrintedAddress.Port(running.Addresses[0].Address);
        BindAddress[] binds = [Binds.Loopback(taken), Binds.Unix(_folder["good"]), Binds.Unix(_folder["no/s"])];

        StartException? refused = Assert.Throws<StartException>(() =>
            Listeners.Open(Binds.Listener([.. binds]), 2, [])
        );

        Assert.That(
            refused!.Errors.Select(error => ((ListenError)error).Errno),
            Is.EqualTo(new[] { "EADDRINUSE", "ENOENT" })
        );
        Assert.That(refused.Message.Split(Environment.NewLine), Has.Length.EqualTo(2), "a line each");
        Assert.That(File.Exists(_folder["good"]), Is.False);
    }
}

using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Lure.Linux.Demo;
using NUnit.Framework;

namespace Lure.Linux.Tests.Demo;

/// <summary>Clients that take nothing on trust.</summary>
[TestFixture]
internal sealed class EchoLoadTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    [Test]
    public void AWrongByteIsAFailure()
    {
        using FalseServer server = new(bytes => [.. bytes[..^1], (byte)~bytes[^1]]);

        Assert.That(
            FailureAt(server.Address),
            Does.Match("^client 0: byte 63 of 64 came back as 0x.. instead of 0x..$")
        );
    }

    [Test]
    public void AnEchoThatEndsEarlyIsAFailure()
    {
        using FalseServer server = new(bytes => bytes[..10]);

        Assert.That(FailureAt(server.Address), Is.EqualTo("client 0: the connection ended after 10 of 64 bytes"));
    }

    [Test]
    public void ARefusedConnectionIsAFailureOnlyWhileTheRelayShouldRun()
    {
        using Socket unused = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        unused.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var nobody = (IPEndPoint)unused.LocalEndPoint!;
        using EchoLoad atTheEnd = new(Plan(nobody), nobody, () => { });

        atTheEnd.ExpectEndOfRelay();
        atTheEnd.Start();

        Assert.Multiple(() =>
        {
            Assert.That(atTheEnd.Stop(s_patience), Is.True);
            Assert.That(atTheEnd.Failure, Is.Null);
            Assert.That(FailureAt(nobody), Is.EqualTo("client 0: Connection refused"));
        });
    }

    [Test]
    public void AnEchoThatNeverComesIsAFailure()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        var address = (IPEndPoint)silent.LocalEndpoint;
        using EchoLoad load = new(Plan(address), address, () => { });

        load.Start();

        Assert.Multiple(() =>
        {
            Assert.That(load.Stop(TimeSpan.Zero), Is.False);
            Assert.That(load.Failure, Is.EqualTo("client 0: an echo did not come back"));
        });
    }

    private static string? FailureAt(IPEndPoint address)
    {
        using ManualResetEventSlim failed = new();
        using EchoLoad load = new(Plan(address), address, failed.Set);
        load.Start();
        Assert.That(failed.Wait(s_patience), Is.True, "no client met a failure");
        _ = load.Stop(s_patience);
        return load.Failure;
    }

    private static DemoPlan Plan(IPEndPoint server) =>
        new()
        {
            Binds = [],
            Server = server,
            StayingClients = 1,
            PassingClients = 0,
        };
}

using System.Net;
using Lure.EndToEnd.Tests.Peers;
using Lure.EndToEnd.Tests.Relay;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests;

/// <summary>Where the program listens, and that it shares its address with nobody.</summary>
public sealed class ListenerTests
{
    private static readonly Pattern Up = new(8, Direction.Up);

    [Test]
    [Category("Smoke")]
    public void A_second_instance_is_refused_with_a_reason_and_the_first_serves_on()
    {
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Before(backend);
        var address = relay.EndPoint.ToString()!;

        var second = RelayProcess.Complete(address, backend.Address);

        Assert.That(second.ExitCode, Is.EqualTo(1));
        Assert.That(second.Error, Does.Contain(address));
        for (var round = 0; round < 20; round++)
        {
            AssertServes(relay.EndPoint, backend);
        }

        Assert.That(relay.Terminate().ExitCode, Is.Zero);
    }

    [Test]
    public void A_port_that_another_program_has_is_refused_with_a_reason()
    {
        using var other = Backend.Listening();
        using var backend = Backend.Listening();
        var outcome = RelayProcess.Complete(other.Address, backend.Address);
        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.Contain(other.Address).And.Contain("EADDRINUSE"));
    }

    [Test]
    public void An_address_is_free_again_as_soon_as_its_owner_has_ended()
    {
        using var backend = Backend.Listening();
        string address;
        using (var first = RelayProcess.Before(backend))
        {
            address = first.EndPoint.ToString()!;
            using var client = Peer.Connect(first.EndPoint);
            using var server = backend.Accept();
            // The relay closes first towards this client: its port stays in TIME_WAIT.
            server.HalfClose();
            Assert.That(client.ReadEnd(), Is.EqualTo(StreamEnd.Fin));
            client.HalfClose();
            Assert.That(server.ReadEnd(), Is.EqualTo(StreamEnd.Fin));
            Assert.That(first.Terminate().ExitCode, Is.Zero);
        }

        using var next = RelayProcess.Start(address, backend.Address);
        AssertServes(next.EndPoint, backend);
    }

    [Test]
    public void A_port_without_a_host_serves_both_families_and_prints_IPv4_as_IPv4()
    {
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Start([":0", backend.Address, .. CommandLine.LogFormat("json")]);
        var port = ((IPEndPoint)relay.EndPoint).Port;

        foreach (var host in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
        {
            using var client = Peer.Connect(new IPEndPoint(host, port));
            using var server = backend.Accept();
            client.SendAll(Up, 10);
            Assert.That(server.ReadToEnd(Up), Is.EqualTo(new Received(10, StreamEnd.Fin)));
            server.HalfClose();
            Assert.That(relay.SessionOf(client.LocalAddress).ClientHost, Is.EqualTo(host.ToString()));
        }
    }

    [Test]
    public void IPv6_serves_before_an_IPv6_server()
    {
        using var backend = Backend.Listening(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        using var relay = RelayProcess.Start("[::1]:0", backend.Address);
        AssertServes(relay.EndPoint, backend);
    }

    [Test]
    public void A_name_is_as_good_as_its_addresses()
    {
        using var backend = Backend.Listening();
        var port = ((IPEndPoint)backend.EndPoint).Port;
        using var relay = RelayProcess.Start(CommandLine.AnyPort, $"localhost:{port}");
        AssertServes(relay.EndPoint, backend);
    }

    [Test]
    public void Many_workers_share_one_port([Values(1, 4)] int workers)
    {
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Before(backend, CommandLine.Workers(workers));
        for (var round = 0; round < 40; round++)
        {
            AssertServes(relay.EndPoint, backend);
        }

        relay.AwaitRest();
        Assert.That(relay.Terminate().ExitCode, Is.Zero);
    }

    private static void AssertServes(EndPoint address, Backend backend)
    {
        using var client = Peer.Connect(address);
        using var server = backend.Accept();
        client.SendAll(Up, 10);
        Assert.That(server.ReadToEnd(Up), Is.EqualTo(new Received(10, StreamEnd.Fin)));
        server.HalfClose();
        Assert.That(client.ReadEnd(), Is.EqualTo(StreamEnd.Fin));
    }
}

using System;
using Lure.EndToEnd.Tests.Peers;
using Lure.EndToEnd.Tests.Relay;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests;

/// <summary>What becomes of a client while its server is not there yet, or not at all.</summary>
public sealed class ConnectTests
{
    private static readonly Pattern Up = new(6, Direction.Up);
    private static readonly Pattern Down = new(6, Direction.Down);

    [Test]
    [Category("Smoke")]
    public void A_refused_backend_ends_the_client_by_a_reset_within_a_second()
    {
        using var refusing = Backend.Refusing();
        using var relay = RelayProcess.Before(refusing);

        for (var round = 0; round < 10; round++)
        {
            using var client = relay.Connect();
            client.Patient(TimeSpan.FromSeconds(1));
            Assert.That(client.ReadEnd(), Is.EqualTo(StreamEnd.Reset));
            Assert.That(relay.SessionOf(client.LocalAddress).Code, Is.EqualTo("SC"));
        }

        relay.AwaitRest();
    }

    [Test]
    public void A_refused_client_that_has_already_spoken_is_reset_too()
    {
        using var refusing = Backend.Refusing();
        using var relay = RelayProcess.Before(refusing);
        relay.Freeze();
        using var client = relay.Connect();
        client.SendAll(Up, 1000);
        relay.Thaw();

        Assert.That(client.ReadEnd(), Is.EqualTo(StreamEnd.Reset));
        var end = relay.SessionOf(client.LocalAddress);
        Assert.That((end.Code, end.Up - end.LostUp), Is.EqualTo(("SC", 0L)), "bytes that are said to have arrived");
    }

    [Test]
    public void The_next_server_is_used_when_the_first_refuses_and_gets_the_clients_early_bytes()
    {
        using var refusing = Backend.Refusing();
        using var server = Backend.Listening();
        using var relay = RelayProcess.Before([refusing, server]);
        for (var round = 0; round < 10; round++)
        {
            relay.Freeze();
            using var client = relay.Connect();
            client.SendAll(Up, 20_000);
            relay.Thaw();

            using var accepted = server.Accept();
            Assert.That(accepted.ReadToEnd(Up), Is.EqualTo(new Received(20_000, StreamEnd.Fin)));
            accepted.SendAll(Down, 20_000);
            Assert.That(client.ReadToEnd(Down), Is.EqualTo(new Received(20_000, StreamEnd.Fin)));
            Assert.That(relay.SessionOf(client.LocalAddress).Code, Is.EqualTo("--"));
        }

        relay.AwaitRest();
    }

    [Test]
    public void A_connect_that_takes_too_long_goes_on_to_the_next_server()
    {
        using var silent = Backend.Silent(out var filler);
        using var server = Backend.Listening();
        using (filler)
        using (var relay = RelayProcess.Before([silent, server], CommandLine.ConnectTimeout(100)))
        {
            // Two clients: with the servers in rotation one of them meets the silent one first.
            for (var round = 0; round < 2; round++)
            {
                using var client = relay.Connect();
                client.Send(Up, 1000);
                using var accepted = server.Accept();
                accepted.Expect(Up, 1000);
                accepted.SendAll(Down, 1000);
                Assert.That(client.ReadToEnd(Down), Is.EqualTo(new Received(1000, StreamEnd.Fin)));
            }
        }
    }

    [Test]
    public void A_connect_that_takes_too_long_on_the_only_server_ends_the_client_by_a_reset()
    {
        using var silent = Backend.Silent(out var filler);
        using (filler)
        using (var relay = RelayProcess.Before(silent, CommandLine.ConnectTimeout(100)))
        {
            using var client = relay.Connect();
            Assert.That(client.ReadEnd(), Is.EqualTo(StreamEnd.Reset));
            Assert.That(relay.SessionOf(client.LocalAddress).Code, Is.EqualTo("sC"));
            relay.AwaitRest();
        }
    }

    [Test]
    public void A_client_that_resets_while_the_server_is_being_reached_ends_the_attempt()
    {
        using var silent = Backend.Silent(out var filler);
        using (filler)
        using (var relay = RelayProcess.Before(silent))
        {
            for (var round = 0; round < 20; round++)
            {
                using var client = relay.Connect();
                // The attempt has begun when a descriptor for each side is there.
                Eventually.Holds(() => relay.Files.Descriptors, Is.EqualTo(relay.DescriptorsAtRest + 2), "an attempt");
                client.Reset();
                Assert.That(relay.SessionOf(client.LocalAddress).Code, Is.EqualTo("CC"));
            }

            relay.AwaitRest();
        }
    }

    [Test]
    public void A_client_that_has_said_all_while_the_server_is_being_reached_is_heard_when_it_is()
    {
        using var silent = Backend.Silent(out var filler);
        using var relay = RelayProcess.Before(silent);
        using var client = relay.Connect();
        client.SendAll(Up, 1000);
        Eventually.Holds(() => relay.Files.Descriptors, Is.EqualTo(relay.DescriptorsAtRest + 2), "an attempt");

        // Room in its queue again: the kernel's next SYN gets through, a second after the first.
        silent.Accept().Dispose();
        filler.Dispose();

        using var accepted = silent.Accept();
        Assert.That(accepted.ReadToEnd(Up), Is.EqualTo(new Received(1000, StreamEnd.Fin)));
        accepted.SendAll(Down, 1000);
        Assert.That(client.ReadToEnd(Down), Is.EqualTo(new Received(1000, StreamEnd.Fin)));
    }

    [Test]
    public void Clients_that_leave_before_the_backend_accepts_leave_nothing_behind()
    {
        using var server = Backend.Listening();
        using var relay = RelayProcess.Before(server);
        for (var round = 0; round < 50; round++)
        {
            using var client = relay.Connect();
            client.Send(Up, 100);
            if (round % 2 == 0)
            {
                client.Reset();
            }
        }

        Eventually.Holds(
            () =>
            {
                server.DropPending();
                return relay.Sessions.Count;
            },
            Is.EqualTo(50),
            "sessions that ended"
        );
        relay.AwaitRest();
        using var late = relay.Connect();
        using var served = server.Accept();
        served.SendAll(Down, 10);
        Assert.That(late.ReadToEnd(Down), Is.EqualTo(new Received(10, StreamEnd.Fin)));
    }
}

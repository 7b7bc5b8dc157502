using Lure.EndToEnd.Tests.Peers;
using Lure.EndToEnd.Tests.Relay;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests;

/// <summary>Sessions in which nothing moves any more end, both sides of them, and by a reset.</summary>
public sealed class TimerTests
{
    private static readonly Pattern Up = new(11, Direction.Up);
    private static readonly Pattern Down = new(11, Direction.Down);

    [Test]
    public void An_idle_session_ends_by_a_reset_to_both()
    {
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Before(backend, CommandLine.IdleTimeout(200));
        using var client = relay.Connect();
        using var server = backend.Accept();
        client.Send(Up, 1000);
        server.Expect(Up, 1000);

        Assert.That(client.ReadEnd(), Is.EqualTo(StreamEnd.Reset));
        Assert.That(server.ReadEnd(), Is.EqualTo(StreamEnd.Reset));

        var end = relay.SessionOf(client.LocalAddress);
        Assert.That(end.Code, Is.EqualTo("cD").Or.EqualTo("sD"));
        Assert.That((end.LostUp, end.LostDown), Is.EqualTo((0L, 0L)));
        relay.AwaitRest();
    }

    [Test]
    public void A_client_that_does_not_read_is_idle_and_its_server_hears_of_it()
    {
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Before(backend, CommandLine.IdleTimeout(300));
        using var client = relay.Connect();
        using var server = backend.Accept();
        var sent = server.SendUntilBlocked(Down, 48 << 20);

        Assert.That(server.ReadEnd(), Is.EqualTo(StreamEnd.Reset));

        var end = relay.SessionOf(client.LocalAddress);
        Assert.That(end.Code, Is.EqualTo("cD"), "who kept it waiting");
        Assert.That(end.LostDown, Is.Positive.And.LessThanOrEqualTo(sent));
    }

    [Test]
    public void Bytes_in_one_direction_keep_a_session_alive()
    {
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Before(backend, CommandLine.IdleTimeout(300));
        using var client = relay.Connect();
        using var server = backend.Accept();

        long sent = 0;
        // The end of a neighbour that is idle tells that the time has passed more than once for this one.
        for (var ends = 0; ends < 2; ends++)
        {
            using var other = relay.Connect();
            using var otherServer = backend.Accept();
            while (!other.HasNews)
            {
                client.Send(Up, 1, sent);
                server.Expect(Up, 1, sent++);
            }

            Assert.That(other.ReadEnd(), Is.EqualTo(StreamEnd.Reset));
        }

        client.HalfClose();
        Assert.That(server.ReadEnd(), Is.EqualTo(StreamEnd.Fin));
    }

    [Test]
    public void A_half_closed_session_in_which_nothing_moves_ends_by_its_own_timer([Values] bool byServer)
    {
        using var backend = Backend.Listening();
        using var relay = RelayProcess.Before(backend, CommandLine.HalfCloseTimeout(200));
        using var client = relay.Connect();
        using var server = backend.Accept();
        var (closer, other) = byServer ? (server, client) : (client, server);
        closer.HalfClose();
        Assert.That(other.ReadEnd(), Is.EqualTo(StreamEnd.Fin));

        Assert.That(closer.ReadEnd(), Is.EqualTo(StreamEnd.Reset));

        var end = relay.SessionOf(client.LocalAddress);
        Assert.That(end.Code, Is.EqualTo(byServer ? "cD" : "sD"), "the side that was waited for");
        relay.AwaitRest();
    }
}

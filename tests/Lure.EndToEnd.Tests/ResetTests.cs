using Lure.EndToEnd.Tests.Peers;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests;

/// <summary>A reset reaches the other side as a reset, after the bytes before it: no cut stream passes for a whole one.</summary>
public sealed class ResetTests : RelayFixture
{
    private static readonly Pattern Up = new(3, Direction.Up);
    private static readonly Pattern Down = new(3, Direction.Down);

    [Test]
    [Category("Smoke")]
    public void A_reset_by_the_server_reaches_the_client_after_the_bytes_before_it()
    {
        for (var round = 0; round < 20; round++)
        {
            var (client, server) = Pair();
            client.Send(Up, 100);
            server.Expect(Up, 100);

            server.Send(Down, 50_000);
            server.AwaitAcknowledged();
            server.Reset();

            Assert.That(client.ReadToEnd(Down), Is.EqualTo(new Received(50_000, StreamEnd.Reset)));
            Assert.That(Relay.SessionOf(client.LocalAddress).Code, Is.EqualTo("SD"));
        }
    }

    [Test]
    public void A_reset_by_the_client_reaches_the_server_after_the_bytes_before_it()
    {
        for (var round = 0; round < 20; round++)
        {
            var (client, server) = Pair();
            Exchange(client, server);

            client.Send(Up, 50_000);
            client.AwaitAcknowledged();
            client.Reset();

            Assert.That(server.ReadToEnd(Up), Is.EqualTo(new Received(50_000, StreamEnd.Reset)));
            Assert.That(Relay.SessionOf(client.LocalAddress).Code, Is.EqualTo("CD"));
        }
    }

    [Test]
    public void Bytes_and_a_reset_that_the_relay_meets_in_one_event_are_told_apart([Values] bool byServer)
    {
        var (client, server) = Pair();
        Exchange(client, server);
        var (sender, reader) = byServer ? (server, client) : (client, server);
        var pattern = byServer ? Down : Up;

        Relay.Freeze();
        sender.Send(pattern, 50_000);
        sender.AwaitAcknowledged();
        sender.Reset();
        Relay.Thaw();

        Assert.That(reader.ReadToEnd(pattern), Is.EqualTo(new Received(50_000, StreamEnd.Reset)));
        var end = Relay.SessionOf(client.LocalAddress);
        Assert.That((end.Code, end.LostUp, end.LostDown), Is.EqualTo((byServer ? "SD" : "CD", 0L, 0L)));
    }

    [Test]
    public void A_reset_after_a_half_close_is_still_a_reset([Values] bool byServer)
    {
        var (client, server) = Pair();
        var (sender, reader) = byServer ? (server, client) : (client, server);
        reader.HalfClose();
        Assert.That(sender.ReadEnd(), Is.EqualTo(StreamEnd.Fin));

        sender.Reset();

        Assert.That(reader.ReadEnd(), Is.EqualTo(StreamEnd.Reset));
        Assert.That(Relay.SessionOf(client.LocalAddress).Code, Is.EqualTo(byServer ? "SD" : "CD"));
    }

    [Test]
    public void A_reset_of_an_idle_session_reaches_the_other_side([Values] bool byServer)
    {
        var (client, server) = Pair();
        var (sender, reader) = byServer ? (server, client) : (client, server);

        sender.Reset();

        Assert.That(reader.ReadEnd(), Is.EqualTo(StreamEnd.Reset));
    }

    [Test]
    public void A_peer_that_closes_with_bytes_unread_is_a_reset_to_the_other([Values] bool byServer)
    {
        var (client, server) = Pair();
        Exchange(client, server);
        var (leaver, other) = byServer ? (server, client) : (client, server);
        other.Send(byServer ? Up : Down, 10_000);
        Eventually.Holds(() => leaver.Available, Is.EqualTo(10_000), "bytes that wait for the leaver");

        leaver.Dispose();

        Assert.That(other.ReadEnd(), Is.EqualTo(StreamEnd.Reset));
    }

    [Test]
    public void Bytes_that_a_dead_client_can_no_longer_get_are_counted_as_lost()
    {
        var (client, server) = Pair();
        Exchange(client, server);

        Relay.Freeze();
        server.Send(Down, 5_000);
        client.Reset();
        Relay.Thaw();

        Assert.That(server.ReadEnd(), Is.EqualTo(StreamEnd.Reset));
        var end = Relay.SessionOf(client.LocalAddress);
        Assert.That((end.Code, end.LostDown), Is.EqualTo(("CD", end.Down - 100)));
    }
}

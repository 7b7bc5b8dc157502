using System.Threading.Tasks;
using Lure.EndToEnd.Tests.Peers;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests;

/// <summary>A clean end is passed on after the last byte before it, and ends nothing but its own direction.</summary>
public sealed class EndingTests : RelayFixture
{
    private const int Megabytes = 5 << 20;
    private static readonly Pattern Up = new(2, Direction.Up);
    private static readonly Pattern Down = new(2, Direction.Down);

    [Test]
    [Category("Smoke")]
    public void A_client_that_is_done_still_gets_megabytes_of_answer()
    {
        var (client, server) = Pair();

        client.Send(Up, 100);
        client.HalfClose();
        Assert.That(server.ReadToEnd(Up), Is.EqualTo(new Received(100, StreamEnd.Fin)));
        var answering = Task.Run(() => server.SendAll(Down, Megabytes));

        Assert.That(client.ReadToEnd(Down), Is.EqualTo(new Received(Megabytes, StreamEnd.Fin)));
        answering.Wait();
        AssertWhole(client, 100, Megabytes);
    }

    [Test]
    public void A_server_that_is_done_still_gets_megabytes_of_upload()
    {
        var (client, server) = Pair();

        server.Send(Down, 100);
        server.HalfClose();
        Assert.That(client.ReadToEnd(Down), Is.EqualTo(new Received(100, StreamEnd.Fin)));
        var uploading = Task.Run(() => client.SendAll(Up, Megabytes));

        Assert.That(server.ReadToEnd(Up), Is.EqualTo(new Received(Megabytes, StreamEnd.Fin)));
        uploading.Wait();
        AssertWhole(client, Megabytes, 100);
    }

    [Test]
    public void A_FIN_does_not_overtake_megabytes_that_its_receiver_has_not_read()
    {
        var (client, server) = Pair();
        const int unread = 16 << 20;
        var uploading = Task.Run(() => client.SendAll(Up, unread));

        server.Send(Down, 100);
        server.HalfClose();
        Assert.That(client.ReadToEnd(Down), Is.EqualTo(new Received(100, StreamEnd.Fin)));

        Assert.That(server.ReadToEnd(Up), Is.EqualTo(new Received(unread, StreamEnd.Fin)));
        uploading.Wait();
    }

    [Test]
    public void The_last_bytes_before_a_close_always_arrive([Values(1, 1000, 16384, 50_000)] int size)
    {
        for (var round = 0; round < 50; round++)
        {
            var (client, server) = Pair();
            using (client)
            using (server)
            {
                client.Send(Up, size);
                client.HalfClose();
                Assert.That(server.ReadToEnd(Up), Is.EqualTo(new Received(size, StreamEnd.Fin)), $"up, {round}");
                server.Send(Down, size);
                server.Dispose();
                Assert.That(client.ReadToEnd(Down), Is.EqualTo(new Received(size, StreamEnd.Fin)), $"down, {round}");
            }
        }
    }

    [Test]
    public void A_server_that_answers_and_closes_before_anyone_reads_is_heard_in_full()
    {
        for (var round = 0; round < 100; round++)
        {
            var (client, server) = Pair();
            server.Send(Down, 1000);
            server.Dispose();
            Assert.That(client.ReadToEnd(Down), Is.EqualTo(new Received(1000, StreamEnd.Fin)));
            client.Dispose();
        }
    }

    [Test]
    public void A_backend_that_closes_at_once_ends_its_client_as_cleanly()
    {
        var (client, server) = Pair();

        server.Dispose();

        Assert.That(client.ReadEnd(), Is.EqualTo(StreamEnd.Fin));
        client.Dispose();
        AssertWhole(client.LocalAddress, 0, 0);
    }

    [Test]
    [Category("Smoke")]
    public void Bytes_and_a_FIN_sent_before_the_relay_accepts_arrive()
    {
        const int crowd = 50;
        var clients = new Peer[crowd];
        Relay.Freeze();
        for (var at = 0; at < crowd; at++)
        {
            clients[at] = Connect();
            clients[at].Send(Up, 1000);
            clients[at].HalfClose();
        }

        Relay.Thaw();

        for (var at = 0; at < crowd; at++)
        {
            var server = Accept();
            Assert.That(server.ReadToEnd(Up), Is.EqualTo(new Received(1000, StreamEnd.Fin)));
            server.SendAll(Down, 1000);
        }

        foreach (var client in clients)
        {
            Assert.That(client.ReadToEnd(Down), Is.EqualTo(new Received(1000, StreamEnd.Fin)));
        }
    }

    [Test]
    public void Bytes_and_a_close_sent_before_the_relay_accepts_arrive()
    {
        Relay.Freeze();
        using (var client = Relay.Connect())
        {
            client.Send(Up, 1000);
        }

        Relay.Thaw();

        Assert.That(Accept().ReadToEnd(Up), Is.EqualTo(new Received(1000, StreamEnd.Fin)));
    }

    [Test]
    public void Last_data_and_a_FIN_in_one_event_after_the_other_half_has_closed_end_cleanly()
    {
        for (var round = 0; round < 20; round++)
        {
            var (client, server) = Pair();
            client.HalfClose();
            Assert.That(server.ReadEnd(), Is.EqualTo(StreamEnd.Fin));
            Relay.Freeze();
            server.SendAll(Down, 16384);
            server.Dispose();
            Relay.Thaw();
            Assert.That(client.ReadToEnd(Down), Is.EqualTo(new Received(16384, StreamEnd.Fin)));
            client.Dispose();
        }
    }

    private void AssertWhole(Peer client, long up, long down) => AssertWhole(client.LocalAddress, up, down);

    private void AssertWhole(string client, long up, long down)
    {
        var end = Relay.SessionOf(client);
        Assert.That(
            (end.Code, end.Up, end.Down, end.LostUp, end.LostDown),
            Is.EqualTo(("--", up, down, 0L, 0L)),
            "what the log says"
        );
    }
}

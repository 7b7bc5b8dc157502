using System.Linq;
using System.Threading.Tasks;
using Lure.EndToEnd.Tests.Peers;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests;

/// <summary>A reader that stops is the sender's problem, not the relay's and not its neighbours'.</summary>
public sealed class BackpressureTests : RelayFixture
{
    /// <summary>
    /// More than the kernel's four buffers between sender and reader take by themselves (4 MiB to
    /// send and some to receive, twice); what a relay without a bound would take as well.
    /// </summary>
    private const long TooMuch = 48 << 20;

    private static readonly Pattern Up = new(4, Direction.Up);
    private static readonly Pattern Down = new(4, Direction.Down);

    [Test]
    public void A_reader_that_stops_bounds_its_sender_and_loses_nothing([Values] bool byServer)
    {
        var (client, server) = Pair();
        var (sender, reader) = byServer ? (server, client) : (client, server);
        var pattern = byServer ? Down : Up;

        var sent = sender.SendUntilBlocked(pattern, TooMuch);

        Assert.That(sent, Is.LessThan(TooMuch), "bytes that the relay took for a reader that reads none");
        var draining = Task.Run(() => reader.ReadToEnd(pattern));
        sender.HalfClose();
        Assert.That(draining.Result, Is.EqualTo(new Received(sent, StreamEnd.Fin)));
    }

    [Test]
    public void Readers_that_stop_cost_the_relay_no_more_than_their_blocks_and_hold_nobody_up()
    {
        const int crowd = 16;
        // What two blocks of 16 KiB in each session may take, and a margin for code that had not run yet.
        const long allowed = (crowd * 32) + 8192;
        var (busyClient, busyServer) = Pair();
        Exchange(busyClient, busyServer);
        var before = Relay.Files.ResidentKilobytes;

        var stuck = Enumerable.Range(0, crowd).Select(_ => Pair()).ToList();
        foreach (var (client, _) in stuck)
        {
            Assert.That(client.SendUntilBlocked(Up, TooMuch), Is.LessThan(TooMuch));
            Exchange(busyClient, busyServer);
        }

        Assert.That(Relay.Files.ResidentKilobytes - before, Is.LessThan(allowed), "KiB more than without them");
        for (var round = 0; round < 100; round++)
        {
            Exchange(busyClient, busyServer);
        }
    }

    [Test]
    public void A_direction_that_is_stuck_does_not_stop_the_other()
    {
        var (client, server) = Pair();
        Assert.That(client.SendUntilBlocked(Up, TooMuch), Is.LessThan(TooMuch));

        var answering = Task.Run(() => server.Send(Down, 5 << 20));
        client.Expect(Down, 5 << 20);
        answering.Wait();
    }

    [Test]
    public void A_reset_of_a_reader_that_has_stopped_reaches_the_blocked_sender([Values] bool byServer)
    {
        var (client, server) = Pair();
        var (sender, reader) = byServer ? (server, client) : (client, server);
        var pattern = byServer ? Down : Up;
        var sent = sender.SendUntilBlocked(pattern, TooMuch);

        reader.Reset();

        Assert.That(sender.ReadEnd(), Is.EqualTo(StreamEnd.Reset));
        var end = Relay.SessionOf(client.LocalAddress);
        Assert.That(end.Code, Is.EqualTo(byServer ? "CD" : "SD"));
        Assert.That(
            byServer ? end.LostDown : end.LostUp,
            Is.Positive.And.LessThanOrEqualTo(sent),
            "bytes that never reached their reader"
        );
    }

    [Test]
    public void A_bulk_stream_does_not_starve_its_neighbour()
    {
        var (bulkClient, bulkServer) = Pair();
        var (client, server) = Pair();
        const long count = 64 << 20;
        var sending = Task.Run(() => bulkClient.SendAll(Up, count));
        var receiving = Task.Run(() => bulkServer.ReadToEnd(Up));

        var rounds = 0;
        while (!receiving.IsCompleted)
        {
            Exchange(client, server);
            rounds++;
        }

        sending.Wait();
        Assert.That(receiving.Result, Is.EqualTo(new Received(count, StreamEnd.Fin)));
        Assert.That(rounds, Is.GreaterThan(10), "exchanges while the bulk stream ran");
    }
}

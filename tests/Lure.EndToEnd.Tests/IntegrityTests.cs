using System.Threading.Tasks;
using Lure.EndToEnd.Tests.Peers;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests;

/// <summary>Every byte arrives once, in its place, and nothing else does.</summary>
public sealed class IntegrityTests : RelayFixture
{
    private static readonly Pattern Up = new(1, Direction.Up);
    private static readonly Pattern Down = new(1, Direction.Down);

    private static readonly int[] Sizes =
    [
        0,
        1,
        2,
        16383,
        16384,
        16385,
        32767,
        32768,
        32769,
        65535,
        65536,
        65537,
        (1 << 20) - 1,
        1 << 20,
        (1 << 20) + 1,
    ];

    [TestCaseSource(nameof(Sizes))]
    public void A_request_and_its_answer_arrive_whole_at_every_size_around_a_buffers_boundary(int size)
    {
        var (client, server) = Pair();

        var sending = Task.Run(() => client.SendAll(Up, size));
        Assert.That(server.ReadToEnd(Up), Is.EqualTo(new Received(size, StreamEnd.Fin)));
        sending.Wait();
        var answering = Task.Run(() => server.SendAll(Down, size));
        Assert.That(client.ReadToEnd(Down), Is.EqualTo(new Received(size, StreamEnd.Fin)));
        answering.Wait();

        var end = Relay.SessionOf(client.LocalAddress);
        Assert.That((end.Code, end.Up, end.Down), Is.EqualTo(("--", (long)size, (long)size)));
    }

    [Test]
    public void Both_directions_carry_64_megabytes_at_once()
    {
        const long count = 64 << 20;
        var (client, server) = Pair();

        var up = Task.Run(() => client.SendAll(Up, count));
        var down = Task.Run(() => server.SendAll(Down, count));
        var received = Task.Run(() => server.ReadToEnd(Up));

        Assert.That(client.ReadToEnd(Down), Is.EqualTo(new Received(count, StreamEnd.Fin)));
        Assert.That(received.Result, Is.EqualTo(new Received(count, StreamEnd.Fin)));
        Task.WaitAll(up, down);
    }

    [Test]
    [Category("Smoke")]
    public void A_server_may_speak_first()
    {
        var (client, server) = Pair();

        server.Send(Down, 300);
        client.Expect(Down, 300);
        client.Send(Up, 300);
        server.Expect(Up, 300);

        CloseBoth(client, server);
    }

    [Test]
    [Category("Smoke")]
    public void Single_bytes_arrive_one_by_one_each_way()
    {
        var (client, server) = Pair();

        for (var at = 0; at < 500; at++)
        {
            client.Send(Up, 1, at);
            server.Expect(Up, 1, at);
            server.Send(Down, 1, at);
            client.Expect(Down, 1, at);
        }

        CloseBoth(client, server);
        var end = Relay.SessionOf(client.LocalAddress);
        Assert.That((end.Up, end.Down), Is.EqualTo((500L, 500L)));
    }

    [Test]
    public void Single_bytes_that_nobody_waits_for_arrive_in_order()
    {
        var (client, server) = Pair();

        for (var at = 0; at < 5000; at++)
        {
            client.Send(Up, 1, at);
        }

        client.HalfClose();
        Assert.That(server.ReadToEnd(Up), Is.EqualTo(new Received(5000, StreamEnd.Fin)));
    }
}

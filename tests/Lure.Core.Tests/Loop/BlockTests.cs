using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Sim;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>What waits in a block, what is read behind it, and the end that comes with the last bytes.</summary>
[TestFixture]
internal sealed class BlockTests
{
    private const int Block = 16;

    [Test]
    public void What_comes_while_room_opens_is_read_around_what_waits()
    {
        using LoopBench bench = Blocked(out FakePeer client, out FakePeer server);
        client.Send(LoopBench.Bytes(12, 1));
        bench.Settle();
        Assert.That(client.Unacknowledged, Is.Zero);
        server.Window = 100;
        bench.Turn();

        Assert.That(bench.World.Marked(MarkId.VectoredRead), Is.EqualTo(1));
        Assert.That(server.Readable, Is.EqualTo(22), "the turn goes on with what is left");
        Assert.That(bench.ReadAll(server), Is.EqualTo((byte[])[.. LoopBench.Bytes(10), .. LoopBench.Bytes(12, 1)]));
        Assert.That(bench.Loop.BlocksInUse, Is.Zero);
    }

    [Test]
    public void Two_blocks_that_are_left_become_one()
    {
        using LoopBench bench = Blocked(out FakePeer client, out FakePeer server);
        client.Send(LoopBench.Bytes(12, 1));
        server.Window = 3;
        bench.Turn();

        Assert.That(bench.World.Marked(MarkId.Compacted), Is.EqualTo(1));
        Assert.That(bench.Loop.BlocksInUse, Is.EqualTo(1));
        server.Window = 100;
        Assert.That(bench.ReadAll(server), Is.EqualTo((byte[])[.. LoopBench.Bytes(10), .. LoopBench.Bytes(12, 1)]));
    }

    /// <summary>The block is full to its end and half of it has gone: the end of the stream must still be found.</summary>
    [Test]
    public void An_end_behind_a_blocked_writer_is_read_into_the_room_that_is_left()
    {
        using LoopBench bench = new(Options(), new WorldOptions { SendBuffer = 4 });
        (FakePeer client, FakePeer server) = bench.Pair();
        server.Window = 0;
        for (int i = 0; i < 4; i++)
        {
            client.Send(LoopBench.Bytes(4, i));
        }

        bench.Settle();
        client.Send([7, 7]);
        client.Finish();
        bench.Settle();
        Assert.That(bench.World.Marked(MarkId.Compacted), Is.EqualTo(1));
        server.Window = 100;

        byte[] arrived = bench.ReadAll(server);
        Assert.That((arrived.Length, arrived[^2], arrived[^1]), Is.EqualTo((18, 7, 7)));
        Assert.That(server.SawEnd, Is.EqualTo(PeerEnd.Fin));
    }

    [Test]
    public void Bytes_and_fin_in_one_event_arrive_as_bytes_and_fin(
        [Values] bool byClient,
        [Values(1, Block - 1, Block, Block + 1, (2 * Block) - 1, 2 * Block, (2 * Block) + 1)] int size,
        [Values(1, Block, 64)] int budget
    )
    {
        using LoopBench bench = new(Options() with { BytesPerTurn = budget });
        (FakePeer from, FakePeer to) = bench.Ends(byClient);
        from.Send(LoopBench.Bytes(size));
        from.Finish();
        bench.Settle();

        Assert.That(to.Read(), Is.EqualTo(LoopBench.Bytes(size)));
        Assert.That(to.SawEnd, Is.EqualTo(PeerEnd.Fin));
        to.Finish();
        bench.Settle();
        Assert.That(LoopBench.CodeOf(bench.TheEnd()), Is.EqualTo("--"));
        Assert.That(bench.World.Marked(MarkId.ShortReadNotLast) > 0, Is.EqualTo(size % Block != 0 && budget != 1));
        Assert.That(bench.World.Marked(MarkId.EndAfterLostError), Is.Zero, "no error came before the end");
        Assert.That(bench.World.Marked(MarkId.EarlyBytes), Is.Zero);
        Assert.That(bench.World.Marked(MarkId.Blocked), Is.Zero);
        bench.AssertNothingLeft();
    }

    [Test]
    public void A_half_closed_session_carries_the_other_direction_on([Values] bool byClient)
    {
        using LoopBench bench = new(Options());
        (FakePeer first, FakePeer second) = bench.Ends(byClient);
        first.Finish();
        bench.Settle();
        second.Send(LoopBench.Bytes(30_000));

        Assert.That(bench.ReadAll(first), Is.EqualTo(LoopBench.Bytes(30_000)));
        Assert.That((first.SawEnd, second.SawEnd), Is.EqualTo((PeerEnd.None, PeerEnd.Fin)));
        second.Finish();
        bench.Settle();
        Assert.That(LoopBench.CodeOf(bench.TheEnd()), Is.EqualTo("--"));
        bench.AssertNothingLeft();
    }

    /// <summary>6 of 10 bytes wait in the middle of a block: 4 in front of them have gone, 6 behind them are free.</summary>
    private static LoopBench Blocked(out FakePeer client, out FakePeer server)
    {
        LoopBench bench = new(Options(), new WorldOptions { SendBuffer = 4 });
        (client, server) = bench.Pair();
        server.Window = 0;
        client.Send(LoopBench.Bytes(10));
        bench.Settle();
        return bench;
    }

    private static LoopOptions Options() =>
        new()
        {
            Sessions = 4,
            BlockBytes = Block,
            BatchReads = 2,
        };
}

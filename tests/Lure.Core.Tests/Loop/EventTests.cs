using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Sim;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>Reports that are late, invented, too many, or none.</summary>
[TestFixture]
internal sealed class EventTests
{
    [Test]
    public void A_report_of_a_session_long_gone_does_not_reach_its_successor([Values] Side side)
    {
        using LoopBench bench = new();
        (FakePeer gone, _) = bench.Pair();
        gone.Reset();
        bench.Settle();
        (FakePeer client, FakePeer server) = bench.Pair();
        const Readiness death =
            Readiness.In | Readiness.Out | Readiness.Error | Readiness.HangUp | Readiness.ReadHangUp;
        bench.Waits.Reports.Enqueue(new KernelEvent { Readiness = death, Token = Token.ForSession(0, 0, side) });
        long calls = bench.World.Faults.Calls;
        bench.Turn();

        Assert.That(bench.World.Faults.Calls - calls, Is.EqualTo(2), "the wait and the mailbox: nothing is tried");
        Assert.That(bench.Loop.Counters.StaleEvents, Is.EqualTo(1));
        Assert.That(bench.World.Marked(MarkId.StaleEvent), Is.EqualTo(1));
        client.Send([1]);
        bench.Settle();
        Assert.That(server.Readable, Is.EqualTo(1));
    }

    /// <summary>A read of a unix socket stops at a passed descriptor, with more behind it and no edge to come.</summary>
    [Test]
    public void A_unix_client_is_read_until_nothing_is_left_though_a_read_was_short([Values] bool unix)
    {
        using LoopBench bench = new();
        SocketAddress from = unix ? SocketAddress.From([(byte)SocketAddress.FamilyUnix, 0]) : FakeAddress.IPv4(4000);
        FakePeer client = bench.World.Connect(LoopBench.Front, from);
        bench.Settle();
        client.Send([1, 2, 3]);
        long calls = bench.World.Faults.Calls;
        bench.Turn();

        int expected = unix ? 5 : 4;
        Assert.That(
            bench.World.Faults.Calls - calls,
            Is.EqualTo(expected),
            "wait, mailbox, read, write; and a read that finds nothing"
        );
        Assert.That(bench.Servers[0].Accept().Read(), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public void A_token_that_no_session_ever_had_ends_the_loop()
    {
        using LoopBench bench = new();
        bench.Waits.Reports.Enqueue(
            new KernelEvent { Readiness = Readiness.In, Token = Token.ForSession(7, 0, Side.Client) }
        );

        Assert.That(
            bench.Turn,
            Throws.TypeOf<CorruptionException>().With.Message.EqualTo("a token names a slot that was used")
        );
    }

    [Test]
    public void Hang_ups_that_are_not_true_end_nothing([Values] Side side, [Values] bool error)
    {
        using LoopBench bench = new();
        (FakePeer client, FakePeer server) = bench.Pair();
        Readiness invented = error ? Readiness.Error | Readiness.HangUp : Readiness.ReadHangUp;
        for (int i = 0; i < 3; i++)
        {
            bench.Waits.Reports.Enqueue(new KernelEvent { Readiness = invented, Token = Token.ForSession(0, 0, side) });
            bench.Settle();
        }

        client.Send([1]);
        server.Send([2]);
        bench.Settle();
        Assert.That((client.Read(), server.Read()), Is.EqualTo((new byte[] { 2 }, new byte[] { 1 })));
    }

    [Test]
    public void Room_that_is_not_there_blocks_again()
    {
        using LoopBench bench = new(world: new WorldOptions { SendBuffer = 4 });
        (FakePeer client, FakePeer server) = bench.Pair();
        server.Window = 0;
        client.Send(LoopBench.Bytes(20));
        bench.Settle();
        bench.Waits.Reports.Enqueue(
            new KernelEvent { Readiness = Readiness.Out, Token = Token.ForSession(0, 0, Side.Server) }
        );
        bench.Settle();
        server.Window = 100;

        Assert.That(bench.ReadAll(server), Is.EqualTo(LoopBench.Bytes(20)));
    }

    [Test]
    public void A_signal_costs_a_turn_and_nothing_else()
    {
        using LoopBench bench = new();
        (FakePeer client, FakePeer server) = bench.Pair();
        bench.World.Faults.Next(SyscallKind.Wait, -Errno.Interrupted, times: 3);
        client.Send([1]);
        bench.Settle();

        Assert.That(server.Readable, Is.EqualTo(1));
        Assert.That(bench.World.Marked(MarkId.WaitInterrupted), Is.EqualTo(3));
    }

    [Test]
    public void More_events_than_a_batch_or_a_wait_holds_are_all_served()
    {
        LoopOptions options = new()
        {
            Sessions = 32,
            BatchReads = 3,
            EventsPerTurn = 5,
            BlockBytes = 4,
        };
        using LoopBench bench = new(options);
        (FakePeer Client, FakePeer Server)[] pairs = new (FakePeer, FakePeer)[20];
        for (int i = 0; i < pairs.Length; i++)
        {
            pairs[i] = bench.Pair();
        }

        foreach ((FakePeer client, FakePeer server) in pairs)
        {
            client.Send(LoopBench.Bytes(11));
            server.Send(LoopBench.Bytes(9, 1));
        }

        for (int turn = 0; turn < 8; turn++)
        {
            bench.Turn();
        }

        foreach ((FakePeer client, FakePeer server) in pairs)
        {
            Assert.That(server.Read(), Is.EqualTo(LoopBench.Bytes(11)));
            Assert.That(client.Read(), Is.EqualTo(LoopBench.Bytes(9, 1)));
        }
    }

    /// <summary>With something urgent behind it a short read is not the last, and a byte is there for each next one.</summary>
    [Test]
    public void A_peer_that_trickles_does_not_keep_the_turn_to_itself()
    {
        using LoopBench bench = new();
        (FakePeer client, _) = bench.Pair();
        int reads = 0;
        for (int nth = 1; nth <= 200; nth++)
        {
            bench.World.Faults.After(
                SyscallKind.Receive,
                () =>
                {
                    reads++;
                    client.TrySend([1]);
                },
                nth
            );
        }

        client.Send([1]);
        bench.Waits.Reports.Enqueue(
            new KernelEvent { Readiness = Readiness.In | Readiness.Urgent, Token = Token.ForSession(0, 0, Side.Client) }
        );
        bench.Turn();

        Assert.That(reads, Is.InRange(2, 64));
    }

    [Test]
    public void A_log_that_does_not_read_loses_records_and_holds_nobody_up()
    {
        using LoopBench bench = new();
        for (int i = 0; i < 300; i++)
        {
            bench.Pair().Client.Reset();
            bench.Settle();
        }

        Assert.That(bench.Records.Dropped, Is.EqualTo(300 - 256));
        Assert.That(bench.World.Marked(MarkId.RecordDropped), Is.EqualTo(300 - 256));
        bench.AssertNothingLeft();
    }

    [Test]
    public void A_sleeping_log_is_woken_once()
    {
        using LoopBench bench = new();
        Assert.That(bench.Records.TryAnnounceSleep(), Is.True);
        for (int i = 0; i < 3; i++)
        {
            bench.Pair().Client.Reset();
            bench.Settle();
        }

        Assert.That(bench.World.Notifications, Is.EqualTo(1));
    }
}

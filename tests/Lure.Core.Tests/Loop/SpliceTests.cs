using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Core.Records;
using Lure.Sim;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>Bulk streams go through pipes: when that begins and ends, and what a pipe must not lose or give away.</summary>
[TestFixture]
internal sealed class SpliceTests
{
    private const int Turn = 32;
    private const int Waiting = 14;

    [Test]
    public void A_stream_that_spends_its_turn_is_spliced([Values] bool byClient)
    {
        using LoopBench bench = new(Options());
        (FakePeer from, FakePeer to) = bench.Ends(byClient);
        from.Send(LoopBench.Bytes(1000));
        bench.Settle();

        Assert.That(to.Read(), Is.EqualTo(LoopBench.Bytes(1000)));
        Assert.That(bench.World.Marked(MarkId.BulkBegun), Is.EqualTo(1));
        Assert.That(bench.Loop.Counters.Spliced, Is.EqualTo(1000 - Turn), "all but what proved it");
        Assert.That((bench.Loop.PipesOpen, bench.Loop.PipesInUse, bench.Loop.BlocksInUse), Is.EqualTo((1, 0, 0)));
        from.Finish();
        to.Finish();
        bench.Settle();
        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo("--"));
        Assert.That(byClient ? end.Up : end.Down, Is.EqualTo(1000));
        bench.AssertNothingLeft();
    }

    [Test]
    public void Messages_that_leave_some_of_it_are_copied()
    {
        using LoopBench bench = new(Options());
        (FakePeer client, FakePeer server) = bench.Pair();
        for (int i = 0; i < 20; i++)
        {
            client.Send(LoopBench.Bytes(Turn - 1, i));
            bench.Settle();
            Assert.That(server.Read(), Is.EqualTo(LoopBench.Bytes(Turn - 1, i)));
        }

        Assert.That((bench.Loop.Counters.Spliced, bench.Loop.PipesOpen), Is.EqualTo((0L, 0)));
    }

    [Test]
    public void One_that_has_become_thin_is_copied_again_and_not_at_its_first_pause()
    {
        using LoopBench bench = Bulk(out FakePeer client, out FakePeer server);
        int messages = 0;
        while (bench.World.Marked(MarkId.BulkEnded) == 0)
        {
            messages++;
            Assert.That(messages, Is.LessThan(5));
            client.Send([1]);
            bench.Settle();
        }

        Assert.That(messages, Is.GreaterThan(1));
        Assert.That(server.Read(), Has.Length.EqualTo(messages));
        long spliced = bench.Loop.Counters.Spliced;
        client.Send([2]);
        bench.Settle();
        Assert.That(server.Read(), Is.EqualTo((byte[])[2]));
        Assert.That(bench.Loop.Counters.Spliced, Is.EqualTo(spliced));
    }

    /// <summary>The pace of a sender: each of its bursts is half of what a turn may move.</summary>
    [Test]
    public void One_that_runs_dry_after_half_a_turn_goes_on_as_bulk()
    {
        using LoopBench bench = Bulk(out FakePeer client, out FakePeer server);
        long spliced = bench.Loop.Counters.Spliced;
        for (int i = 0; i < 10; i++)
        {
            client.Send(LoopBench.Bytes(Turn / 2, i));
            Assert.That(bench.ReadAll(server), Is.EqualTo(LoopBench.Bytes(Turn / 2, i)));
        }

        Assert.That(bench.World.Marked(MarkId.BulkEnded), Is.Zero);
        Assert.That(bench.Loop.Counters.Spliced - spliced, Is.EqualTo(10 * Turn / 2));
    }

    [Test]
    public void Without_pipes_nothing_is_taken_for_bulk()
    {
        using LoopBench bench = new(Options() with { Pipes = 0 });
        (FakePeer client, FakePeer server) = bench.Pair();
        client.Send(LoopBench.Bytes(1000));

        Assert.That(bench.ReadAll(server), Is.EqualTo(LoopBench.Bytes(1000)));
        Assert.That(bench.World.Marked(MarkId.BulkBegun), Is.Zero);
        Assert.That(bench.World.Marked(MarkId.PipesInUse), Is.Zero);
    }

    /// <summary>splice(2) can tell of an error with bytes before it that only a read gets at (an urgent byte stops it).</summary>
    [Test]
    public void What_came_before_an_error_that_a_splice_told_of_is_delivered([Values] bool byClient)
    {
        using LoopBench bench = new(Options());
        (FakePeer from, FakePeer to) = bench.Ends(byClient);
        from.Send(LoopBench.Bytes(100));
        Assert.That(bench.ReadAll(to), Is.EqualTo(LoopBench.Bytes(100)));
        bench.World.Faults.Next(SyscallKind.Splice, -Errno.ConnectionReset);
        from.Send(LoopBench.Bytes(10, 1));
        bench.Settle();

        Assert.That(to.Read(), Is.EqualTo(LoopBench.Bytes(10, 1)));
    }

    /// <summary>The slot is taken until its last byte is gone, and EAGAIN does not say that it is that.</summary>
    [Test]
    public void A_pipe_without_a_free_slot_is_no_empty_socket([Values] bool byClient)
    {
        using LoopBench bench = Blocked(out FakePeer from, out FakePeer to, byClient);
        from.Send(LoopBench.Bytes(10, 2));
        to.Window = 100;

        Assert.That(bench.ReadAll(to), Is.EqualTo((byte[])[.. LoopBench.Bytes(Waiting, 1), .. LoopBench.Bytes(10, 2)]));
        Assert.That(bench.World.Marked(MarkId.PipeFull), Is.Positive);
    }

    [Test]
    public void A_fin_goes_out_after_the_last_byte_in_the_pipe([Values] bool byClient)
    {
        using LoopBench bench = Blocked(out FakePeer from, out FakePeer to, byClient);
        from.Finish();
        bench.Settle();
        Assert.That(to.SawEnd, Is.EqualTo(PeerEnd.None));
        to.Window = 100;

        Assert.That(bench.ReadAll(to), Is.EqualTo(LoopBench.Bytes(Waiting, 1)));
        Assert.That(to.SawEnd, Is.EqualTo(PeerEnd.Fin));
        Assert.That(bench.World.Marked(MarkId.SpliceStopped), Is.Positive, "a read was asked");
        to.Finish();
        bench.Settle();
        Assert.That(LoopBench.CodeOf(bench.TheEnd()), Is.EqualTo("--"));
        bench.AssertNothingLeft();
    }

    /// <summary>A splice that found nothing made the pipe seem full; the report of a death is a reason to look again.</summary>
    [Test]
    public void A_reset_goes_out_behind_the_bytes_in_the_pipe([Values] bool byClient)
    {
        using LoopBench bench = Blocked(out FakePeer from, out FakePeer to, byClient, slots: 2);
        Assert.That(bench.World.Marked(MarkId.PipeFull), Is.Positive);
        from.Reset();
        bench.Settle();
        Assert.That(bench.World.Marked(MarkId.EndBehindPipe), Is.EqualTo(1));
        Assert.That(to.SawEnd, Is.EqualTo(PeerEnd.None));
        to.Window = 100;

        Assert.That(bench.ReadAll(to), Is.EqualTo(LoopBench.Bytes(Waiting, 1)));
        bench.Pass(LoopBench.Second);
        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo(byClient ? "CD" : "SD"));
        Assert.That((end.LostUp, end.LostDown), Is.EqualTo((0L, 0L)));
        Assert.That(byClient ? end.ClientErrno : end.ServerErrno, Is.EqualTo(Errno.ConnectionReset));
        Assert.That(to.SawEnd, Is.EqualTo(PeerEnd.Reset));
        bench.AssertNothingLeft();
    }

    [Test]
    public void What_is_left_in_a_pipe_is_counted_as_lost_and_goes_to_nobody([Values] bool byClient)
    {
        using LoopBench bench = Blocked(out FakePeer _, out FakePeer to, byClient);
        to.Reset();
        bench.Settle();

        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo(byClient ? "SD" : "CD"));
        Assert.That(byClient ? end.LostUp : end.LostDown, Is.EqualTo(Waiting));
        Assert.That(bench.World.Marked(MarkId.PipeDiscarded), Is.EqualTo(1));
        Assert.That(bench.Loop.PipesOpen, Is.Zero);
        bench.AssertNothingLeft();
        (FakePeer client, FakePeer server) = bench.Pair();
        client.Send(LoopBench.Bytes(500, 3));
        Assert.That(bench.ReadAll(server), Is.EqualTo(LoopBench.Bytes(500, 3)));
        Assert.That(bench.Loop.PipesOpen, Is.EqualTo(1));
    }

    [Test]
    public void A_timer_that_ends_a_session_counts_what_its_pipe_holds()
    {
        using LoopBench bench = Blocked(out FakePeer _, out FakePeer _, byClient: true);
        bench.Pass(bench.Options.IdleTimeout + bench.Options.LingerTimeout + LoopBench.Second);

        LoopRecord end = bench.TheEnd();
        Assert.That((LoopBench.CodeOf(end), end.LostUp), Is.EqualTo(("sD", (long)Waiting)));
        bench.AssertNothingLeft();
    }

    [TestCase(Errno.Invalid)]
    [TestCase(Errno.NoSystemCall)]
    [TestCase(Errno.NotPermitted)]
    [TestCase(Errno.NoMemory)]
    public void A_kernel_that_refuses_to_splice_is_asked_once_and_nothing_is_lost(int errno)
    {
        using LoopBench bench = new(Options());
        (FakePeer client, FakePeer server) = bench.Pair();
        bench.World.Faults.Next(SyscallKind.Splice, -errno);
        client.Send(LoopBench.Bytes(1000));

        Assert.That(bench.ReadAll(server), Is.EqualTo(LoopBench.Bytes(1000)));
        Assert.That(bench.World.Marked(MarkId.SpliceRefused), Is.EqualTo(1));
        Assert.That(bench.Loop.Counters.Spliced, Is.Zero);
    }

    [TestCase(Errno.TooManyFiles)]
    [TestCase(Errno.TooManySystemFiles)]
    [TestCase(Errno.NoMemory)]
    public void Without_a_pipe_it_is_copied_and_asked_again_after_a_while(int errno)
    {
        using LoopBench bench = new(Options());
        (FakePeer client, FakePeer server) = bench.Pair();
        bench.World.Faults.Next(SyscallKind.MakePipe, -errno);
        client.Send(LoopBench.Bytes(1000));

        Assert.That(bench.ReadAll(server), Is.EqualTo(LoopBench.Bytes(1000)));
        Assert.That(bench.World.Marked(MarkId.PipeRefused), Is.EqualTo(1));
        LoopCounters counters = bench.Loop.Counters;
        Assert.That((counters.PipesRefused, counters.Spliced), Is.EqualTo((1L, 0L)), "one call, not one a turn");
        bench.Pass(bench.Options.PipePause);
        client.Send(LoopBench.Bytes(1000, 1));
        Assert.That(bench.ReadAll(server), Is.EqualTo(LoopBench.Bytes(1000, 1)));
        Assert.That(bench.Loop.Counters.Spliced, Is.Positive);
    }

    [Test]
    public void When_all_pipes_hold_bytes_of_others_it_is_copied()
    {
        using LoopBench bench = Blocked(out FakePeer _, out FakePeer _, byClient: true);
        long spliced = bench.Loop.Counters.Spliced;
        (FakePeer client, FakePeer server) = bench.Pair();
        client.Send(LoopBench.Bytes(1000));

        Assert.That(bench.ReadAll(server), Is.EqualTo(LoopBench.Bytes(1000)));
        Assert.That(bench.World.Marked(MarkId.PipesInUse), Is.Positive);
        Assert.That(bench.Loop.Counters.Spliced, Is.EqualTo(spliced));
    }

    /// <summary>A signal ends a splice with room left in the socket, and then no report comes.</summary>
    [Test]
    public void A_splice_out_that_falls_short_is_tried_again()
    {
        using LoopBench bench = Bulk(out FakePeer client, out FakePeer server);
        bench.World.Faults.Limit(SyscallKind.Splice, 5, times: 1, skip: 1);
        client.Send(LoopBench.Bytes(20, 1));
        bench.Settle();

        Assert.That(server.Read(), Is.EqualTo(LoopBench.Bytes(20, 1)));
        Assert.That(bench.World.Marked(MarkId.SpliceFellShort), Is.EqualTo(1));
    }

    [Test]
    public void With_the_loop_end_its_pipes([Values] bool stuck)
    {
        using LoopBench bench = stuck
            ? Blocked(out FakePeer _, out FakePeer _, byClient: true)
            : Bulk(out FakePeer _, out FakePeer _);
        bench.Post(CommandKind.Stop);
        bench.Settle();

        Assert.That((bench.IsRunning, bench.Loop.PipesOpen, bench.Shared.Descriptors), Is.EqualTo((false, 0, 0)));
        Assert.That(bench.World.Descriptors.OpenCount, Is.EqualTo(bench.Idle - 1), "all but its listener");
    }

    /// <summary>The client's stream has proved to be bulk, and has run dry.</summary>
    private static LoopBench Bulk(out FakePeer client, out FakePeer server)
    {
        LoopBench bench = new(Options());
        (client, server) = bench.Pair();
        client.Send(LoopBench.Bytes(100));
        Assert.That(bench.ReadAll(server), Is.EqualTo(LoopBench.Bytes(100)));
        return bench;
    }

    /// <summary>The bytes of a bulk stream wait for a peer that does not read: 4 in its kernel's buffer, the others in a pipe.</summary>
    private static LoopBench Blocked(out FakePeer from, out FakePeer to, bool byClient, int slots = 1)
    {
        LoopBench bench = new(Options() with { Pipes = 1 }, new WorldOptions { SendBuffer = 4, PipeSlots = slots });
        (from, to) = bench.Ends(byClient);
        from.Send(LoopBench.Bytes(100));
        Assert.That(bench.ReadAll(to), Is.EqualTo(LoopBench.Bytes(100)));
        to.Window = 0;
        from.Send(LoopBench.Bytes(Waiting, 1));
        bench.Settle();
        Assert.That((bench.Loop.PipesInUse, to.Readable), Is.EqualTo((1, 0)));
        return bench;
    }

    private static LoopOptions Options() =>
        new()
        {
            Sessions = 4,
            BlockBytes = 16,
            BatchReads = 4,
            BytesPerTurn = Turn,
            Pipes = 2,
        };
}

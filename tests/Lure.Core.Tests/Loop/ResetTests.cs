using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Core.Records;
using Lure.Sim;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>A reset that came in goes out as a reset, after the bytes before it, however it was learned.</summary>
[TestFixture]
internal sealed class ResetTests
{
    [Test]
    public void It_goes_on_as_a_reset_behind_the_bytes_before_it(
        [Values] bool byClient,
        [Values(0, 1, 15, 16, 17, 32, 500)] int size
    )
    {
        using LoopBench bench = new(Tiny());
        (FakePeer from, FakePeer to) = bench.Ends(byClient);
        from.Send(LoopBench.Bytes(size));
        from.Reset();
        bench.Settle();

        Assert.That(to.Read(), Is.EqualTo(LoopBench.Bytes(size)));
        Assert.That(to.SawEnd, Is.EqualTo(PeerEnd.Reset));
        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo(byClient ? "CD" : "SD"));
        Assert.That((end.Up, end.Down), Is.EqualTo(byClient ? (size, 0L) : (0L, size)));
        Assert.That((end.LostUp, end.LostDown), Is.EqualTo((0L, 0L)));
        Assert.That(
            (end.ClientErrno, end.ServerErrno),
            Is.EqualTo(byClient ? (Errno.ConnectionReset, 0) : (0, Errno.ConnectionReset))
        );
        Assert.That(
            (end.ClientEnd, end.ServerEnd),
            Is.EqualTo(byClient ? (EndKind.Reset, EndKind.None) : (EndKind.None, EndKind.Reset))
        );
        Assert.That(byClient ? end.ServerOut : end.ClientOut, Is.EqualTo(EndKind.Reset));
        Assert.That(end.ServerEndedFirst, Is.EqualTo(!byClient));
        bench.AssertNothingLeft();
    }

    /// <summary>The write is given the one-shot error, so the reader sees an end of file that is none.</summary>
    [Test]
    public void One_that_a_write_learns_of_is_no_fin([Values] bool byClient, [Values(0, 1, 16, 100)] int size)
    {
        using LoopBench bench = new(Tiny());
        (FakePeer from, FakePeer to) = bench.Ends(byClient);
        from.Send(LoopBench.Bytes(size));
        from.Reset();
        bench.World.Faults.Limit(SyscallKind.Receive, size == 0 ? 0 : 16);
        to.Send(LoopBench.Bytes(5));
        bench.Settle();

        Assert.That(to.Read(), Is.EqualTo(LoopBench.Bytes(size)));
        Assert.That(to.SawEnd, Is.EqualTo(PeerEnd.Reset));
        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo(byClient ? "CD" : "SD"));
        Assert.That(byClient ? end.LostDown : end.LostUp, Is.EqualTo(byClient ? end.Down : end.Up));
        Assert.That(byClient ? end.LostUp : end.LostDown, Is.Zero);
        Assert.That(byClient ? end.ClientErrno : end.ServerErrno, Is.EqualTo(Errno.ConnectionReset));
        if (size > 0)
        {
            Assert.That(bench.World.Marked(MarkId.ResetLearnedByWrite), Is.Positive);
            Assert.That(bench.World.Marked(MarkId.EndAfterLostError), Is.Positive);
        }

        bench.AssertNothingLeft();
    }

    /// <summary>More is left to read than one turn may move; what comes later has to be waited for as well.</summary>
    [Test]
    public void Bytes_behind_a_lost_error_are_acknowledged_before_the_reset_goes_out([Values] bool byClient)
    {
        LoopOptions options = Tiny() with { BytesPerTurn = 16 };
        using LoopBench bench = new(options);
        (FakePeer from, FakePeer to) = bench.Ends(byClient);
        from.Send(LoopBench.Bytes(40));
        from.Reset();
        to.Send([1]);
        bench.Turn();
        Assert.That(bench.World.Marked(MarkId.ResetLearnedByWrite), Is.EqualTo(1));
        to.HoldIncoming();
        bench.Settle();

        Assert.That(bench.Ends(), Is.Empty, "24 bytes are on their way to a peer that lives");
        to.HoldIncoming(false);
        bench.Pass(LoopBench.Second);
        Assert.That(to.Read(), Is.EqualTo(LoopBench.Bytes(40)));
        LoopRecord end = bench.TheEnd();
        Assert.That(byClient ? end.LostUp : end.LostDown, Is.Zero);
        bench.AssertNothingLeft();
    }

    [Test]
    public void A_write_to_a_server_that_closed_for_good_ends_the_session()
    {
        using LoopBench bench = new();
        (FakePeer client, FakePeer server) = bench.Pair();
        server.Send(LoopBench.Bytes(6));
        bench.Settle();
        server.Close();
        bench.Settle();
        Assert.That(client.SawEnd, Is.EqualTo(PeerEnd.Fin), "a close looks like a half-close");
        client.Send(LoopBench.Bytes(10));
        bench.Settle();
        Assert.That(bench.Loop.Sessions, Is.EqualTo(1), "the first write is taken by the kernel");
        client.Send(LoopBench.Bytes(10));
        bench.Settle();

        LoopRecord end = bench.TheEnd();
        Assert.That(client.Read(), Is.EqualTo(LoopBench.Bytes(6)));
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo("SD"));
        Assert.That(end.ServerErrno, Is.EqualTo(Errno.BrokenPipe));
        Assert.That((end.Up, end.LostUp, end.LostDown), Is.EqualTo((20L, 20L, 0L)));
        Assert.That((end.ServerEnd, end.ClientOut), Is.EqualTo((EndKind.Fin, EndKind.Fin)));
        bench.AssertNothingLeft();
    }

    [Test]
    public void Both_sides_reset_at_once_end_once()
    {
        using LoopBench bench = new();
        (FakePeer client, FakePeer server) = bench.Pair();
        client.Send(LoopBench.Bytes(3));
        server.Send(LoopBench.Bytes(4));
        client.Reset();
        server.Reset();
        bench.Settle();

        LoopRecord end = bench.TheEnd();
        Assert.That(end.State, Is.EqualTo((byte)'D'));
        Assert.That((end.ClientEnd, end.ServerEnd), Is.EqualTo((EndKind.Reset, EndKind.Reset)));
        Assert.That((end.LostUp, end.LostDown), Is.EqualTo((end.Up, end.Down)));
        bench.AssertNothingLeft();
    }

    [Test]
    public void A_client_that_leaves_before_the_last_bytes_reach_it_is_CL()
    {
        using LoopBench bench = new(Tiny(), new WorldOptions { SendBuffer = 8 });
        (FakePeer client, FakePeer server) = bench.Pair();
        client.Window = 0;
        server.Send(LoopBench.Bytes(20));
        server.Finish();
        bench.Settle();
        Assert.That(bench.Loop.Sessions, Is.EqualTo(1));
        client.Reset();
        bench.Settle();

        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo("CL"));
        Assert.That((end.Down, end.LostDown), Is.EqualTo((20L, 20L)));
        Assert.That((end.ServerEnd, end.ServerEndedFirst), Is.EqualTo((EndKind.Fin, true)));
        Assert.That(server.SawEnd, Is.EqualTo(PeerEnd.Reset));
        bench.AssertNothingLeft();
    }

    [Test]
    public void It_is_seen_while_the_other_direction_is_blocked_and_full([Values] bool byClient)
    {
        using LoopBench bench = new(Tiny(), new WorldOptions { SendBuffer = 8 });
        (FakePeer stuck, FakePeer talker) = bench.Ends(byClient);
        stuck.Window = 0;
        talker.Send(LoopBench.Bytes(60));
        bench.Settle();
        Assert.That(bench.Loop.BlocksInUse, Is.EqualTo(1));
        stuck.Reset();
        bench.Settle();

        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo(byClient ? "CD" : "SD"));
        Assert.That(byClient ? (end.Down, end.LostDown) : (end.Up, end.LostUp), Is.EqualTo((24L, 24L)));
        Assert.That(talker.SawEnd, Is.EqualTo(PeerEnd.Reset));
        bench.AssertNothingLeft();
    }

    [Test]
    public void Its_bytes_are_all_delivered_to_a_slow_reader_first([Values] bool byClient)
    {
        using LoopBench bench = new(Tiny(), new WorldOptions { SendBuffer = 8 });
        (FakePeer from, FakePeer slow) = bench.Ends(byClient);
        slow.Window = 0;
        from.Send(LoopBench.Bytes(60));
        bench.Settle();
        from.Reset();
        bench.Settle();
        Assert.That(slow.SawEnd, Is.EqualTo(PeerEnd.None), "36 bytes are still unread, so is the reset");
        slow.Window = 7;

        Assert.That(bench.ReadAll(slow), Is.EqualTo(LoopBench.Bytes(60)));
        bench.Pass(LoopBench.Second);
        Assert.That(slow.SawEnd, Is.EqualTo(PeerEnd.Reset));
        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo(byClient ? "CD" : "SD"));
        Assert.That((end.LostUp, end.LostDown), Is.EqualTo((0L, 0L)));
        bench.AssertNothingLeft();
    }

    private static LoopOptions Tiny() =>
        new()
        {
            Sessions = 8,
            BlockBytes = 16,
            BatchReads = 2,
        };
}

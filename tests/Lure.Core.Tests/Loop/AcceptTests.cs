using System.Collections.Generic;
using System.Linq;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Core.Records;
using Lure.Sim;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>Listeners under want, storms and failure.</summary>
[TestFixture]
internal sealed class AcceptTests
{
    [Test]
    public void A_want_masks_the_listener_for_its_time_and_asks_once(
        [Values(Errno.TooManyFiles, Errno.TooManySystemFiles, Errno.NoBuffers, Errno.NoMemory, Errno.NotPermitted)]
            int errno
    )
    {
        using LoopBench bench = new();
        int accepts = 0;
        bench.World.Faults.Next(SyscallKind.Accept, -errno, times: 3);
        for (int nth = 1; nth <= 3; nth++)
        {
            bench.World.Faults.Before(SyscallKind.Accept, () => accepts++, nth);
        }

        FakePeer client = bench.Connect();
        Assert.That((accepts, bench.Loop.Counters.AcceptPauses), Is.EqualTo((1, 1L)));
        bench.Pass(bench.Options.AcceptPause - 1);
        Assert.That(accepts, Is.EqualTo(1), "nothing is tried while it pauses");
        bench.Pass(LoopBench.Millisecond);
        Assert.That(accepts, Is.EqualTo(2));
        bench.Pass(2 * bench.Options.AcceptPause);
        client.Send([4]);
        bench.Settle();

        Assert.That(bench.Servers[0].Accept().Read(), Is.EqualTo(new byte[] { 4 }));
        List<LoopRecord> records = bench.TakeRecords();
        Assert.That(records.Select(record => record.Kind), Is.All.EqualTo(RecordKind.AcceptPaused));
        Assert.That(records.Select(record => record.ClientErrno), Is.EqualTo(new[] { errno, errno, errno }));
        Assert.That(bench.World.Marked(MarkId.AcceptPaused), Is.EqualTo(3));
        Assert.That(bench.Shared.Descriptors, Is.EqualTo(2), "what was reserved for the failed ones is given back");
    }

    /// <summary>It waited for a place before, which another worker had and gave back.</summary>
    [Test]
    public void A_session_that_leaves_does_not_end_a_pause_for_want()
    {
        using LoopBench bench = new(sessionsMax: 2);
        (FakePeer client, FakePeer server) = bench.Pair();
        Assert.That(bench.Shared.TryReserveSession(), Is.True);
        bench.Connect();
        Assert.That(bench.World.Marked(MarkId.AcceptFull), Is.EqualTo(1));
        bench.Shared.ReleaseSession();
        bench.World.Faults.Next(SyscallKind.Accept, -Errno.TooManyFiles);
        bench.Pass(bench.Options.AcceptPause + LoopBench.Millisecond);
        Assert.That(bench.World.Marked(MarkId.AcceptPaused), Is.EqualTo(1));

        client.Finish();
        server.Finish();
        bench.Settle();
        bench.Pass(LoopBench.Millisecond);
        Assert.That(bench.Loop.Sessions, Is.Zero, "nothing is accepted before the pause is over");
        bench.Pass(bench.Options.AcceptPause + LoopBench.Millisecond);
        Assert.That(bench.Loop.Sessions, Is.EqualTo(1));
    }

    [Test]
    public void An_error_of_one_connection_passes(
        [Values(
            Errno.ConnectionAborted,
            Errno.Interrupted,
            Errno.Protocol,
            Errno.NetworkDown,
            Errno.NetworkUnreachable,
            Errno.NoProtocolOption,
            Errno.HostDown,
            Errno.HostUnreachable,
            Errno.NotOnNetwork,
            Errno.NotSupported
        )]
            int errno
    )
    {
        using LoopBench bench = new();
        bench.World.Faults.Next(SyscallKind.Accept, -errno, times: 2);
        bench.Connect();

        Assert.That(bench.Loop.Sessions, Is.EqualTo(1));
        Assert.That(bench.World.Marked(MarkId.AcceptRetried), Is.EqualTo(2));
        Assert.That((bench.Shared.Sessions, bench.Shared.Descriptors), Is.EqualTo((1, 2)));
    }

    [Test]
    public void A_listener_that_is_none_any_more_is_closed_and_told()
    {
        using LoopBench bench = new();
        (FakePeer client, FakePeer server) = bench.Pair();
        bench.World.Faults.Next(SyscallKind.Accept, -Errno.Invalid);
        bench.Connect();

        LoopRecord record = bench.TakeRecords().Single();
        Assert.That((record.Kind, record.ClientErrno, record.Listener), Is.EqualTo((RecordKind.ListenerFailed, 22, 0)));
        Assert.That((record.Backend, record.Server), Is.EqualTo((-1, -1)));
        Assert.That(bench.World.Descriptors.IsOpen(bench.ListenFd), Is.False);
        Assert.That(bench.World.Marked(MarkId.ListenerFailed), Is.EqualTo(1));
        client.Send([1]);
        bench.Settle();
        Assert.That(server.Readable, Is.EqualTo(1), "who is there is served on");
    }

    [Test]
    public void The_limit_of_the_process_lets_the_backlog_wait()
    {
        using LoopBench bench = new(sessionsMax: 2);
        (FakePeer first, FakePeer server) = bench.Pair();
        bench.Connect();
        FakePeer waiting = bench.Connect();
        waiting.Send([7]);
        bench.Settle();
        Assert.That((bench.Loop.Sessions, bench.World.Marked(MarkId.AcceptFull)), Is.EqualTo((2, 1L)));
        Assert.That(waiting.SawEnd, Is.EqualTo(PeerEnd.None));
        Assert.That(bench.TakeRecords().Single().Kind, Is.EqualTo(RecordKind.SessionsFull));

        first.Finish();
        server.Finish();
        bench.Settle();
        bench.Turn();
        bench.Settle();
        bench.Servers[0].Accept();
        Assert.That(
            bench.Servers[0].Accept().Read(),
            Is.EqualTo(new byte[] { 7 }),
            "served at once, not after the pause"
        );
    }

    [Test]
    public void A_full_process_does_not_spin()
    {
        using LoopBench bench = new(sessionsMax: 1);
        bench.Connect();
        bench.Connect();
        long turns = bench.Loop.Counters.Turns;
        bench.Pass(10 * bench.Options.AcceptPause);

        Assert.That(bench.Loop.Counters.Turns - turns, Is.LessThanOrEqualTo(25));
    }

    [Test]
    public void A_storm_of_newcomers_does_not_hold_up_an_echo()
    {
        LoopOptions options = new() { Sessions = 256, AcceptsPerTurn = 4 };
        using LoopBench bench = new(options, sessionsMax: 256, backlog: 200);
        (FakePeer client, FakePeer server) = bench.Pair();
        for (int i = 0; i < 150; i++)
        {
            bench.World.Connect(LoopBench.Front);
        }

        int turns = 0;
        for (byte i = 0; bench.Loop.Sessions < 151; i++, turns++)
        {
            client.Send([i]);
            int before = bench.Loop.Sessions;
            bench.Turn();
            Assert.That(server.Read(), Is.EqualTo(new[] { i }), "in the same turn");
            Assert.That(bench.Loop.Sessions - before, Is.LessThanOrEqualTo(4));
        }

        Assert.That(turns, Is.LessThan(45), "and the storm is served as fast as the budget allows");
    }

    [Test]
    public void Descriptors_are_reserved_for_both_ends_before_a_client_is_accepted()
    {
        using LoopBench bench = new(sessionsMax: 1);
        bench.Connect();
        long opened = bench.World.Descriptors.Opened;
        bench.Connect();
        bench.Pass(LoopBench.Second);

        Assert.That(bench.World.Descriptors.Opened, Is.EqualTo(opened));
    }

    [Test]
    public void A_session_that_cannot_be_watched_is_ended([Values] Side side)
    {
        using LoopBench bench = new();
        bench.World.Faults.Next(SyscallKind.Watch, -Errno.NoSpace, skip: (int)side);
        FakePeer client = bench.Connect();

        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo("RC"));
        Assert.That(side == Side.Client ? end.ClientErrno : end.ServerErrno, Is.EqualTo(Errno.NoSpace));
        Assert.That(bench.World.Marked(MarkId.WatchRefused), Is.EqualTo(1));
        Assert.That(client.SawEnd, Is.EqualTo(PeerEnd.Reset));
        bench.AssertNothingLeft();
    }

    [Test]
    public void One_that_was_connected_at_once_and_cannot_be_watched_is_RD()
    {
        using LoopBench bench = new();
        bench.World.OnConnect(LoopBench.ServerAddress(0), ConnectOutcome.Immediate);
        bench.World.Faults.Next(SyscallKind.Watch, -Errno.NoSpace, skip: 1);
        bench.Connect();

        Assert.That(LoopBench.CodeOf(bench.TheEnd()), Is.EqualTo("RD"));
        Assert.That(bench.Servers[0].Accept().SawEnd, Is.EqualTo(PeerEnd.Reset));
        bench.AssertNothingLeft();
    }

    [Test]
    public void A_client_that_was_reset_in_the_backlog_ends_like_any_other()
    {
        using LoopBench bench = new();
        FakePeer client = bench.World.Connect(LoopBench.Front);
        client.Send([1, 2, 3]);
        client.Reset();
        bench.Settle();

        Assert.That(bench.TheEnd().Who, Is.EqualTo((byte)'C'));
        bench.AssertNothingLeft();
    }
}

using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Core.Records;
using Lure.Sim;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>Drain and stop: who is still served, who is ended how, and when the loop says that it is over.</summary>
[TestFixture]
internal sealed class DrainTests
{
    [Test]
    public void What_is_queued_is_served_and_the_listener_closed()
    {
        using LoopBench bench = new(new LoopOptions { Sessions = 64, AcceptsPerTurn = 3 });
        FakePeer[] clients = new FakePeer[20];
        for (int i = 0; i < clients.Length; i++)
        {
            clients[i] = bench.World.Connect(LoopBench.Front);
        }

        bench.Post(CommandKind.Drain);
        bench.Pass(LoopBench.Second);

        Assert.That(bench.Loop.Sessions, Is.EqualTo(20));
        Assert.That(bench.World.IsListening(LoopBench.Front), Is.False);
        Assert.That(bench.IsRunning, Is.True);
        foreach (FakePeer client in clients)
        {
            FakePeer server = bench.Servers[0].Accept();
            client.Send([1]);
            bench.Settle();
            Assert.That(server.Readable, Is.EqualTo(1));
            client.Finish();
            server.Finish();
            bench.Settle();
        }

        Assert.That(bench.IsRunning, Is.False);
        Assert.That(bench.Ends(), Has.Count.EqualTo(20).And.All.Matches<LoopRecord>(end => end.Who == '-'));
    }

    [Test]
    public void An_idle_loop_is_over_at_once()
    {
        using LoopBench bench = new();
        bench.Post(CommandKind.Drain);
        bench.Settle();

        Assert.That(bench.IsRunning, Is.False);
        Assert.That(bench.World.Descriptors.IsOpen(bench.ListenFd), Is.False);
    }

    [Test]
    public void A_live_session_finishes_and_then_the_loop_is_over()
    {
        using LoopBench bench = new();
        (FakePeer client, FakePeer server) = bench.Pair();
        bench.Post(CommandKind.Drain, bench.World.Now + LoopBench.Second);
        bench.Pass(500 * LoopBench.Millisecond);
        Assert.That(bench.IsRunning, Is.True);
        client.Send([5]);
        client.Finish();
        bench.Settle();
        server.Finish();
        bench.Settle();

        Assert.That(server.Read(), Is.EqualTo(new byte[] { 5 }));
        Assert.That(LoopBench.CodeOf(bench.TheEnd()), Is.EqualTo("--"));
        Assert.That(bench.IsRunning, Is.False);
    }

    [Test]
    public void At_the_deadline_a_session_is_killed_by_a_reset_behind_what_was_accepted()
    {
        using LoopBench bench = new();
        (FakePeer client, FakePeer server) = bench.Pair();
        server.HoldIncoming();
        client.Send(LoopBench.Bytes(50));
        bench.Settle();
        bench.Post(CommandKind.Drain, bench.World.Now + LoopBench.Second);
        bench.Pass(999 * LoopBench.Millisecond);
        Assert.That(client.SawEnd, Is.EqualTo(PeerEnd.None), "not before the deadline");
        bench.Pass(500 * LoopBench.Millisecond);
        Assert.That(bench.IsRunning, Is.True, "50 bytes are not acknowledged yet");
        Assert.That(bench.World.Marked(MarkId.DrainDeadline), Is.EqualTo(1));
        server.HoldIncoming(false);
        bench.Pass(200 * LoopBench.Millisecond);

        Assert.That(bench.IsRunning, Is.False);
        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo("KD"));
        Assert.That((end.Up, end.LostUp), Is.EqualTo((50L, 0L)));
        Assert.That((end.ClientEnd, end.ServerEnd), Is.EqualTo((EndKind.None, EndKind.None)));
        Assert.That((end.ClientOut, end.ServerOut), Is.EqualTo((EndKind.Reset, EndKind.Reset)));
        Assert.That((client.SawEnd, server.SawEnd), Is.EqualTo((PeerEnd.Reset, PeerEnd.Reset)));
        Assert.That(server.Read(), Is.EqualTo(LoopBench.Bytes(50)));
    }

    /// <summary>Both are due in one turn: the timer of the relay meets a session that has just begun to linger.</summary>
    [Test]
    public void The_deadline_and_a_relay_timer_together_leave_the_linger_time_whole([Values] bool keepAlive)
    {
        const long Together = 5 * LoopBench.Second;
        LoopOptions options = new()
        {
            Sessions = 4,
            KeepAliveAfter = keepAlive ? Together : 60 * LoopBench.Second,
            IdleTimeout = keepAlive ? 60 * LoopBench.Second : Together,
        };
        using LoopBench bench = new(options);
        (FakePeer client, FakePeer server) = bench.Pair();
        server.HoldIncoming();
        client.Send([1, 2, 3]);
        bench.Settle();
        bench.Post(CommandKind.Drain, bench.World.Now);
        bench.World.Advance(Together + LoopBench.Millisecond);
        bench.Turn();
        bench.Pass(LoopBench.Millisecond);
        Assert.That(server.SawEnd, Is.EqualTo(PeerEnd.None), "its bytes are on their way");
        server.HoldIncoming(hold: false);
        bench.Pass(200 * LoopBench.Millisecond);

        Assert.That(server.Read(), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(bench.TheEnd().LostUp, Is.Zero);
    }

    [Test]
    public void Stop_waits_for_nobody_and_says_what_was_lost()
    {
        using LoopBench bench = new();
        (FakePeer client, FakePeer server) = bench.Pair();
        server.HoldIncoming();
        client.Send(LoopBench.Bytes(50));
        bench.Settle();
        bench.Post(CommandKind.Stop);
        bench.Turn();

        Assert.That(bench.IsRunning, Is.False);
        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo("KD"));
        Assert.That((end.Up, end.LostUp), Is.EqualTo((50L, 50L)));
        Assert.That(client.SawEnd, Is.EqualTo(PeerEnd.Reset));
    }

    [Test]
    public void Stop_ends_one_that_lingers()
    {
        using LoopBench bench = new();
        (FakePeer client, FakePeer server) = bench.Pair();
        server.HoldIncoming();
        client.Send(LoopBench.Bytes(5));
        client.Reset();
        bench.Settle();
        bench.Post(CommandKind.Stop);
        bench.Turn();

        Assert.That(bench.IsRunning, Is.False);
        Assert.That(LoopBench.CodeOf(bench.TheEnd()), Is.EqualTo("CD"), "the first cause stays");
    }

    /// <summary>The report of the wait names a listener that the command behind it has closed.</summary>
    [Test]
    public void Stop_in_the_turn_in_which_a_client_comes_does_not_touch_the_closed_listener()
    {
        using LoopBench bench = new();
        FakePeer client = bench.World.Connect(LoopBench.Front);
        bench.Post(CommandKind.Stop);
        bench.Turn();

        Assert.That(bench.IsRunning, Is.False);
        Assert.That(client.SawEnd, Is.EqualTo(PeerEnd.Reset));
        Assert.That(bench.TakeRecords(), Is.Empty);
    }

    [Test]
    public void One_that_connects_is_killed_as_KC([Values(CommandKind.Drain, CommandKind.Stop)] CommandKind kind)
    {
        using LoopBench bench = new();
        bench.World.OnConnect(LoopBench.ServerAddress(0), ConnectOutcome.Silent);
        FakePeer client = bench.Connect();
        client.Send(LoopBench.Bytes(7));
        bench.Settle();
        bench.Post(kind, bench.World.Now + LoopBench.Second);
        bench.Pass(2 * LoopBench.Second);

        Assert.That(bench.IsRunning, Is.False);
        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo("KC"));
        Assert.That((end.Up, end.LostUp), Is.EqualTo((7L, 7L)));
        Assert.That(client.SawEnd, Is.EqualTo(PeerEnd.Reset));
    }

    /// <summary>Both are due in one turn: the timer meets a session that the deadline has just ended.</summary>
    [Test]
    public void The_deadline_and_a_connect_timer_may_come_together()
    {
        using LoopBench bench = new(new LoopOptions { Sessions = 4, ConnectTimeout = LoopBench.Second });
        bench.World.OnConnect(LoopBench.ServerAddress(0), ConnectOutcome.Silent);
        FakePeer client = bench.Connect();
        bench.Post(CommandKind.Drain, bench.World.Now + LoopBench.Second);
        bench.Pass(2 * LoopBench.Second);

        Assert.That(bench.IsRunning, Is.False);
        Assert.That(LoopBench.CodeOf(bench.TheEnd()), Is.EqualTo("KC"));
        Assert.That(client.SawEnd, Is.EqualTo(PeerEnd.Reset));
    }

    /// <summary>It waits for a place without anybody in its queue: no event will ever tell that it is empty.</summary>
    [Test]
    public void A_full_process_is_over_as_soon_as_its_last_session_is()
    {
        using LoopBench bench = new(sessionsMax: 1);
        (FakePeer client, FakePeer server) = bench.Pair();
        bench.Post(CommandKind.Drain, bench.World.Now + (3600 * LoopBench.Second));
        bench.Pass(LoopBench.Second);
        client.Finish();
        server.Finish();
        bench.Pass(LoopBench.Second);

        Assert.That(LoopBench.CodeOf(bench.TheEnd()), Is.EqualTo("--"));
        Assert.That(bench.World.IsListening(LoopBench.Front), Is.False);
        Assert.That(bench.IsRunning, Is.False);
    }

    [Test]
    public void A_listener_that_pauses_for_want_of_descriptors_is_drained_after_it()
    {
        using LoopBench bench = new();
        bench.World.Faults.Next(SyscallKind.Accept, -Errno.TooManyFiles);
        bench.Post(CommandKind.Drain, bench.World.Now + (3600 * LoopBench.Second));
        bench.Pass(LoopBench.Second);

        Assert.That(bench.World.Faults.Pending, Is.Zero);
        Assert.That(bench.IsRunning, Is.False);
    }
}

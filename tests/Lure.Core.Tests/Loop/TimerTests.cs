using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Core.Records;
using Lure.Sim;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>Idle, half-closed, kept alive: none early, none left, each with the side that it waited for.</summary>
[TestFixture]
internal sealed class TimerTests
{
    private const long Idle = 10 * LoopBench.Second;
    private const long HalfClosed = 3 * LoopBench.Second;

    [Test]
    public void An_idle_session_is_ended_on_the_client_who_is_the_one_that_asks()
    {
        using LoopBench bench = Bench();
        (FakePeer client, FakePeer server) = bench.Pair();
        bench.Pass(Idle - 1);
        Assert.That(bench.Loop.Sessions, Is.EqualTo(1), "not early");
        bench.Pass(1);

        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo("cD"));
        Assert.That(bench.World.Marked(MarkId.TimerRearmed), Is.Zero);
        Assert.That((end.ClientEnd, end.ServerEnd), Is.EqualTo((EndKind.Timeout, EndKind.None)));
        Assert.That((client.SawEnd, server.SawEnd), Is.EqualTo((PeerEnd.Reset, PeerEnd.Reset)), "a timer is no FIN");
        bench.AssertNothingLeft();
    }

    /// <summary>After a pause of the process the timer and what it waited for come in one turn.</summary>
    [Test]
    public void Bytes_that_are_reported_with_the_timer_count([Values] bool byClient)
    {
        using LoopBench bench = Bench();
        (FakePeer from, FakePeer to) = bench.Ends(byClient);
        from.Send([7]);
        bench.World.Advance(2 * Idle);
        bench.Settle();

        Assert.That(to.Read(), Is.EqualTo(new byte[] { 7 }));
        Assert.That(bench.Loop.Sessions, Is.EqualTo(1));
        bench.Pass(Idle + (2 * LoopBench.Millisecond));
        Assert.That(bench.Loop.Sessions, Is.Zero, "and the timer runs again");
    }

    /// <summary>What a timer waits for may be among the reports that one wait had no room for.</summary>
    [Test]
    public void Timers_wait_for_the_reports_that_are_left_behind()
    {
        using LoopBench bench = new(
            new LoopOptions
            {
                Sessions = 8,
                IdleTimeout = Idle,
                EventsPerTurn = 1,
            }
        );
        (FakePeer first, FakePeer firstServer) = bench.Pair();
        (FakePeer second, FakePeer secondServer) = bench.Pair();
        first.Send([1]);
        second.Send([2]);
        bench.World.Advance(2 * Idle);
        bench.Settle();

        Assert.That((firstServer.Readable, secondServer.Readable), Is.EqualTo((1, 1)));
        Assert.That(bench.Loop.Sessions, Is.EqualTo(2));
    }

    [Test]
    public void A_byte_either_way_starts_it_anew([Values] bool byClient)
    {
        using LoopBench bench = Bench();
        (FakePeer from, _) = bench.Ends(byClient);
        for (int i = 0; i < 5; i++)
        {
            bench.Pass(Idle - LoopBench.Second);
            from.Send([1]);
            bench.Settle();
        }

        bench.Pass(Idle - 1);
        Assert.That(bench.Loop.Sessions, Is.EqualTo(1));
        bench.Pass(2 * LoopBench.Millisecond);
        Assert.That(bench.Loop.Sessions, Is.Zero);
        Assert.That(bench.World.Marked(MarkId.TimerRearmed), Is.Positive);
    }

    [Test]
    public void It_waits_for_the_side_that_does_not_take_its_bytes([Values] bool client)
    {
        using LoopBench bench = new(
            Options() with
            {
                BlockBytes = 16,
                LingerTimeout = 100 * LoopBench.Millisecond,
            },
            new WorldOptions { SendBuffer = 8 }
        );
        (FakePeer stuck, FakePeer talker) = bench.Ends(client);
        stuck.Window = 0;
        talker.Send(LoopBench.Bytes(20));
        bench.Pass(Idle + LoopBench.Second);

        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo(client ? "cD" : "sD"));
        Assert.That(client ? (end.Down, end.LostDown) : (end.Up, end.LostUp), Is.EqualTo((16L, 16L)));
        bench.AssertNothingLeft();
    }

    [Test]
    public void A_half_closed_session_has_a_timer_of_its_own([Values] bool byClient)
    {
        using LoopBench bench = Bench();
        (FakePeer first, FakePeer second) = bench.Ends(byClient);
        bench.Pass(5 * LoopBench.Second);
        first.Finish();
        bench.Pass(HalfClosed - LoopBench.Millisecond);
        second.Send([1]);
        bench.Pass(HalfClosed - LoopBench.Millisecond);
        Assert.That(bench.Loop.Sessions, Is.EqualTo(1), "activity counts while half-closed too");
        bench.Pass(2 * LoopBench.Millisecond);

        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo(byClient ? "sD" : "cD"), "the one that has not finished");
        Assert.That(first.Read(), Is.EqualTo(new byte[] { 1 }));
        Assert.That(byClient ? end.ClientEnd : end.ServerEnd, Is.EqualTo(EndKind.Fin));
        bench.AssertNothingLeft();
    }

    [Test]
    public void Keep_alive_is_set_on_a_server_that_has_been_there_for_a_while()
    {
        using LoopBench bench = new();
        bench.Pair();
        int fd = bench.ListenFd + 2;
        bench.Pass((30 * LoopBench.Second) - 1);
        Assert.That(bench.World.OptionOf(fd, SocketOption.KeepAlive), Is.Null);
        bench.Pass(2 * LoopBench.Millisecond);

        Assert.That(bench.World.OptionOf(fd, SocketOption.KeepAlive), Is.EqualTo(1));
        Assert.That(bench.World.OptionOf(fd, SocketOption.KeepAliveIdle), Is.EqualTo(60));
        Assert.That(bench.World.OptionOf(fd, SocketOption.KeepAliveInterval), Is.EqualTo(10));
        Assert.That(bench.World.OptionOf(fd, SocketOption.KeepAliveProbes), Is.EqualTo(6));
        Assert.That(
            bench.World.OptionOf(fd - 1, SocketOption.KeepAlive),
            Is.Null,
            "the client's is the listener's to give"
        );
    }

    /// <summary>Else its timer would be armed for a moment that has passed, again and again.</summary>
    [Test]
    public void A_session_that_is_busy_when_its_timer_comes_due_gets_keep_alive()
    {
        using LoopBench bench = new();
        (FakePeer client, FakePeer _) = bench.Pair();
        bench.World.Advance(31 * LoopBench.Second);
        client.Send([1]);
        bench.Settle();

        Assert.That(bench.World.OptionOf(bench.ListenFd + 2, SocketOption.KeepAlive), Is.EqualTo(1));
    }

    [Test]
    public void A_session_that_lasts_asks_for_few_turns()
    {
        using LoopBench bench = new();
        bench.Pair();
        long turns = bench.Loop.Counters.Turns;
        bench.Pass(3500 * LoopBench.Second);

        Assert.That(bench.Loop.Counters.Turns - turns, Is.LessThan(30));
        Assert.That(bench.Loop.Sessions, Is.EqualTo(1));
    }

    /// <summary>The hot line keeps 32 bits of the tick; the clock goes on.</summary>
    [Test]
    public void Forty_nine_days_are_no_end_and_no_eternity()
    {
        using LoopBench bench = Bench();
        bench.World.Advance((1L << 32) * LoopBench.Millisecond - (5 * LoopBench.Second));
        (FakePeer client, FakePeer server) = bench.Pair();
        bench.Pass(4 * LoopBench.Second);
        client.Send([1]);
        bench.Pass(Idle - LoopBench.Second);
        Assert.That(server.Read(), Is.EqualTo(new byte[] { 1 }));
        Assert.That(bench.Loop.Sessions, Is.EqualTo(1));
        bench.Pass(2 * LoopBench.Second);

        Assert.That(LoopBench.CodeOf(bench.TheEnd()), Is.EqualTo("cD"));
        bench.AssertNothingLeft();
    }

    [Test]
    public void A_time_that_the_clock_of_a_session_cannot_hold_is_refused_at_start()
    {
        LoopOptions options = new() { Sessions = 4 };
        long tooLong = (1L << 32) * LoopBench.Millisecond;
        Assert.That(() => new LoopBench(options with { IdleTimeout = tooLong }), Throws.ArgumentException);
        Assert.That(() => new LoopBench(options with { HalfCloseTimeout = tooLong }), Throws.ArgumentException);
        Assert.That(() => new LoopBench(options with { ConnectTimeout = long.MaxValue }), Throws.ArgumentException);
        Assert.That(() => new LoopBench(options with { KeepAliveAfter = long.MaxValue }), Throws.ArgumentException);
        Assert.That(() => new LoopBench(options with { LingerTimeout = long.MaxValue }), Throws.ArgumentException);
        Assert.That(() => new LoopBench(options with { AcceptPause = long.MaxValue }), Throws.ArgumentException);
    }

    private static LoopOptions Options() =>
        new()
        {
            Sessions = 8,
            IdleTimeout = Idle,
            HalfCloseTimeout = HalfClosed,
        };

    private static LoopBench Bench() => new(Options());
}

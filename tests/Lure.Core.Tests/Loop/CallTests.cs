using Lure.Core.Kernel;
using Lure.Core.Records;
using Lure.Sim;
using Lure.Sim.Peers;
using Moq;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>Which calls are made, how often, and which are not.</summary>
[TestFixture]
internal sealed class CallTests
{
    private const int ClientFd = 4;
    private const int ServerFd = 5;

    private Mock<ICallObserver> _calls = null!;
    private LoopBench _bench = null!;

    [SetUp]
    public void Observe()
    {
        _calls = new Mock<ICallObserver>(MockBehavior.Loose);
        _bench = new LoopBench();
        _bench.Waits.Observer = _calls.Object;
    }

    [TearDown]
    public void Free() => _bench.Dispose();

    [Test]
    public void A_session_is_watched_once_a_side_and_never_again()
    {
        (FakePeer client, FakePeer server) = _bench.Pair();
        for (int i = 0; i < 100; i++)
        {
            client.Send([1]);
            server.Send([2]);
            _bench.Settle();
        }

        _calls.Verify(calls => calls.Watch(ClientFd), Times.Once);
        _calls.Verify(calls => calls.Watch(ServerFd), Times.Once);
        _calls.Verify(calls => calls.Rewatch(It.IsAny<int>()), Times.Never);
        _calls.Verify(calls => calls.Unwatch(It.IsAny<int>()), Times.Never);
    }

    [Test]
    public void A_whole_session_costs_one_shutdown_and_two_closes()
    {
        (FakePeer client, FakePeer server) = _bench.Pair();
        client.Finish();
        _bench.Settle();
        server.Finish();
        _bench.Settle();

        _calls.Verify(calls => calls.Shutdown(ServerFd), Times.Once);
        _calls.Verify(calls => calls.Shutdown(ClientFd), Times.Never, "its FIN goes with the close");
        _calls.Verify(calls => calls.Close(ClientFd), Times.Once);
        _calls.Verify(calls => calls.Close(ServerFd), Times.Once);
        _calls.Verify(calls => calls.SetOption(It.IsAny<int>(), SocketOption.ResetOnClose), Times.Never);
        Assert.That(_bench.World.Marked(MarkId.FinByClose), Is.EqualTo(1));
    }

    [Test]
    public void Only_the_side_that_lives_is_reset_and_asked()
    {
        (FakePeer client, _) = _bench.Pair();
        client.Send([1]);
        client.Reset();
        _bench.Settle();

        _calls.Verify(calls => calls.SetOption(ServerFd, SocketOption.ResetOnClose), Times.Once);
        _calls.Verify(calls => calls.SetOption(ClientFd, SocketOption.ResetOnClose), Times.Never);
        _calls.Verify(calls => calls.Shutdown(It.IsAny<int>()), Times.Never);
        _calls.Verify(calls => calls.Close(It.IsAny<int>()), Times.Exactly(2));
    }

    /// <summary>Nagle's algorithm holds a second small write back, not the first.</summary>
    [Test]
    public void A_server_gets_no_delay_before_its_second_write_and_no_call_for_one()
    {
        (FakePeer client, FakePeer server) = _bench.Pair();
        client.Send([1]);
        _bench.Settle();
        server.Send([2]);
        _bench.Settle();
        _calls.Verify(calls => calls.SetOption(It.IsAny<int>(), It.IsAny<SocketOption>()), Times.Never);

        for (int i = 0; i < 10; i++)
        {
            client.Send([1]);
            _bench.Settle();
        }

        _calls.Verify(calls => calls.SetOption(ServerFd, SocketOption.NoDelay), Times.Once);
        _calls.Verify(
            calls => calls.SetOption(ClientFd, SocketOption.NoDelay),
            Times.Never,
            "it has it from its listener"
        );
    }

    [Test]
    public void The_rest_of_a_first_write_counts_as_a_second()
    {
        FakePeer client = _bench.Connect();
        client.Send(LoopBench.Bytes(100));
        _bench.Settle();
        FakePeer server = _bench.Servers[0].Accept();
        Assert.That(_bench.World.OptionOf(ServerFd, SocketOption.NoDelay), Is.Null);
        client.Send(LoopBench.Bytes(100));
        _bench.Settle();

        Assert.That(_bench.World.OptionOf(ServerFd, SocketOption.NoDelay), Is.EqualTo(1));
        Assert.That(server.Read(), Has.Length.EqualTo(200));
    }

    [Test]
    public void A_report_of_room_alone_is_the_verdict_of_a_connect()
    {
        _bench.Pair();
        _calls.Verify(calls => calls.ConnectResult(It.IsAny<int>()), Times.Never);
    }

    /// <summary>Asked later, it would turn a reset into an end of file (SO_ERROR hands the error out once).</summary>
    [Test]
    public void A_verdict_that_was_not_reported_is_asked_for()
    {
        _bench.World.OnConnect(LoopBench.ServerAddress(0), ConnectOutcome.Silent);
        _bench.Connect();
        _bench.Settle();
        ulong token = Token.ForSession(0, 0, Side.Server);
        _bench.Waits.Reports.Enqueue(new KernelEvent { Readiness = Readiness.HangUp, Token = token });
        _bench.Settle();

        _calls.Verify(calls => calls.ConnectResult(ServerFd), Times.Once);
        _calls.Verify(calls => calls.ConnectResult(ClientFd), Times.Never);
    }

    [Test]
    public void One_that_was_connected_at_once_is_not_asked_at_all()
    {
        _bench.World.OnConnect(LoopBench.ServerAddress(0), ConnectOutcome.Immediate);
        _bench.Pair();

        _calls.Verify(calls => calls.ConnectResult(It.IsAny<int>()), Times.Never);
    }

    [Test]
    public void A_close_that_is_interrupted_has_closed([Values(Errno.Interrupted, Errno.InputOutput)] int errno)
    {
        (FakePeer client, FakePeer server) = _bench.Pair();
        _bench.World.Faults.Next(SyscallKind.Close, -errno, times: 2);
        client.Finish();
        server.Finish();
        _bench.Settle();

        _calls.Verify(calls => calls.Close(ClientFd), Times.Once);
        _calls.Verify(calls => calls.Close(ServerFd), Times.Once);
        _bench.AssertNothingLeft();
    }

    [Test]
    public void A_fin_that_is_refused_tells_of_a_death()
    {
        using LoopBench bench = new(world: new WorldOptions { SendBuffer = 8 });
        (FakePeer client, FakePeer server) = bench.Pair();
        client.HoldIncoming();
        server.Send(LoopBench.Bytes(6));
        bench.Settle();
        bench.World.Faults.Before(SyscallKind.Shutdown, client.Reset);
        server.Finish();
        bench.Settle();

        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo("CL"));
        Assert.That((end.Down, end.LostDown), Is.EqualTo((6L, 6L)));
        Assert.That(bench.World.Marked(MarkId.DeathLearnedByFin), Is.EqualTo(1));
        Assert.That(server.SawEnd, Is.EqualTo(PeerEnd.Reset));
        bench.AssertNothingLeft();
    }

    [Test]
    public void Two_ends_that_come_in_one_turn_are_both_passed_on_by_close()
    {
        (FakePeer client, FakePeer server) = _bench.Pair();
        client.Finish();
        server.Finish();
        _bench.Settle();

        Assert.That((client.SawEnd, server.SawEnd), Is.EqualTo((PeerEnd.Fin, PeerEnd.Fin)));
        Assert.That(_bench.World.Marked(MarkId.FinByClose), Is.EqualTo(2));
    }

    [Test]
    public void A_reader_that_sleeps_is_woken_by_a_record_and_by_nothing_else()
    {
        Assert.That(_bench.Records.TryAnnounceSleep(), Is.True);
        (FakePeer client, _) = _bench.Pair();
        client.Reset();
        _bench.Settle();
        Assert.That(_bench.World.Notifications, Is.EqualTo(1));
        _ = _bench.TakeRecords();
        Assert.That(_bench.Records.TryAnnounceSleep(), Is.True);
        _bench.Pair();

        Assert.That(_bench.World.Notifications, Is.EqualTo(1));
    }
}

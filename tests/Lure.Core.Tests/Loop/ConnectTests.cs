using System.Collections.Generic;
using System.Linq;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Core.Records;
using Lure.Sim;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>Reaching a server, or the next one, or none.</summary>
[TestFixture]
internal sealed class ConnectTests
{
    private static readonly ConnectOutcome[] Refusals =
    [
        ConnectOutcome.FailsAtOnce(Errno.ConnectionRefused),
        ConnectOutcome.FailsLater(Errno.ConnectionRefused),
        ConnectOutcome.FailsLater(Errno.ConnectionRefused, 20 * LoopBench.Millisecond),
        ConnectOutcome.FailsAtOnce(Errno.NetworkUnreachable),
        ConnectOutcome.FailsLater(Errno.HostUnreachable),
        ConnectOutcome.FailsAtOnce(Errno.AccessDenied),
        ConnectOutcome.FailsLater(Errno.TimedOut),
    ];

    [TestCaseSource(nameof(Refusals))]
    public void A_server_that_cannot_be_reached_is_followed_by_the_next_with_all_early_bytes(ConnectOutcome outcome)
    {
        using LoopBench bench = new(servers: 2);
        bench.World.OnConnect(LoopBench.ServerAddress(0), outcome);
        FakePeer client = bench.World.Connect(LoopBench.Front);
        client.Send(LoopBench.Bytes(40_000));
        bench.Pass(50 * LoopBench.Millisecond);

        FakePeer server = bench.Servers[1].Accept();
        Assert.That(bench.ReadAll(server), Is.EqualTo(LoopBench.Bytes(40_000)));
        Assert.That(bench.Shared.ServerFailures(0), Is.EqualTo(1));
        Assert.That(bench.Shared.ServerSessions(0), Is.Zero);
        Assert.That(bench.World.Marked(MarkId.NextServer), Is.EqualTo(1));
        client.Finish();
        server.Finish();
        bench.Settle();
        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo("--"));
        Assert.That((end.Retries, end.Server, end.ServerErrno), Is.EqualTo(((byte)1, 1, 0)));
        bench.AssertNothingLeft();
    }

    [TestCaseSource(nameof(Refusals))]
    public void When_no_server_is_left_the_client_is_reset(ConnectOutcome outcome)
    {
        using LoopBench bench = new();
        bench.World.OnConnect(LoopBench.ServerAddress(0), outcome);
        FakePeer client = bench.Connect();
        bench.Pass(50 * LoopBench.Millisecond);

        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo(outcome.Error == Errno.TimedOut ? "sC" : "SC"));
        Assert.That((end.ServerErrno, end.ConnectedAt, end.Server), Is.EqualTo((outcome.Error, 0L, 0)));
        Assert.That((end.ClientOut, end.ServerOut), Is.EqualTo((EndKind.Reset, EndKind.None)));
        Assert.That(client.SawEnd, Is.EqualTo(PeerEnd.Reset));
        bench.AssertNothingLeft();
    }

    [Test]
    public void A_connect_timer_is_not_early_and_goes_on_to_the_next_server()
    {
        using LoopBench bench = new(servers: 2);
        bench.World.OnConnect(LoopBench.ServerAddress(0), ConnectOutcome.Silent);
        bench.Connect();
        bench.Pass(bench.Options.ConnectTimeout - 1);
        Assert.That(bench.Servers[1].Pending, Is.Zero);
        bench.Pass(LoopBench.Millisecond);
        Assert.That(bench.Servers[1].Pending, Is.EqualTo(1));
        Assert.That(bench.Shared.ServerFailures(0), Is.EqualTo(1));
    }

    [Test]
    public void A_connect_timer_ends_the_session_as_sC_when_there_is_no_other()
    {
        using LoopBench bench = new();
        bench.World.OnConnect(LoopBench.ServerAddress(0), ConnectOutcome.Silent);
        FakePeer client = bench.Connect();
        client.Send([1, 2, 3]);
        bench.Pass(bench.Options.ConnectTimeout + LoopBench.Millisecond);

        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo("sC"));
        Assert.That((end.Up, end.LostUp, end.ServerErrno), Is.EqualTo((3L, 3L, Errno.TimedOut)));
        Assert.That(end.ServerEnd, Is.EqualTo(EndKind.Timeout));
        Assert.That(client.SawEnd, Is.EqualTo(PeerEnd.Reset));
        bench.AssertNothingLeft();
    }

    [Test]
    public void An_answer_that_comes_with_the_timer_counts()
    {
        using LoopBench bench = new(servers: 2);
        bench.World.OnConnect(LoopBench.ServerAddress(0), ConnectOutcome.Delayed(bench.Options.ConnectTimeout));
        bench.Connect();
        bench.Pass(bench.Options.ConnectTimeout + LoopBench.Millisecond);

        Assert.That((bench.Servers[0].Pending, bench.Servers[1].Pending), Is.EqualTo((1, 0)));
        Assert.That(bench.Shared.ServerFailures(0), Is.Zero);
    }

    [Test]
    public void An_attempt_that_is_accepted_after_it_was_given_up_is_reset()
    {
        using LoopBench bench = new(servers: 2);
        long timeout = bench.Options.ConnectTimeout;
        bench.World.OnConnect(LoopBench.ServerAddress(0), ConnectOutcome.Delayed(timeout + 1));
        bench.Connect();
        bench.World.Faults.Before(SyscallKind.Close, () => bench.World.Advance(2));
        bench.Pass(timeout + LoopBench.Millisecond);

        Assert.That(bench.Servers[0].Accept().SawEnd, Is.EqualTo(PeerEnd.Reset));
        Assert.That(bench.Servers[1].Accept().SawEnd, Is.EqualTo(PeerEnd.None));
    }

    [TestCase(0, 1)]
    [TestCase(2, 3)]
    [TestCase(7, 5)]
    public void Retries_are_limited_and_each_server_is_tried_once(int retries, int attempts)
    {
        using LoopBench bench = new(servers: 5, backend: spec => spec with { Retries = retries, EjectAfter = 0 });
        bench.Servers.ForEach(server => server.Close());
        bench.Connect();

        Assert.That(bench.Loop.Counters.Connects, Is.EqualTo(attempts));
        Assert.That(Enumerable.Range(0, 5).Select(bench.Shared.ServerFailures), Is.All.LessThanOrEqualTo(1));
        Assert.That(bench.TheEnd().Retries, Is.EqualTo(attempts - 1));
        bench.AssertNothingLeft();
    }

    [Test]
    public void No_local_port_is_not_the_servers_fault_and_another_server_may_do()
    {
        using LoopBench bench = new(servers: 2);
        bench.World.OnConnect(LoopBench.ServerAddress(0), ConnectOutcome.FailsAtOnce(Errno.AddressNotAvailable));
        bench.Connect();
        Assert.That(bench.Servers[1].Pending, Is.EqualTo(1));
        Assert.That(bench.Shared.ServerFailures(0), Is.Zero);

        bench.World.OnConnect(LoopBench.ServerAddress(1), ConnectOutcome.FailsAtOnce(Errno.AddressNotAvailable));
        FakePeer client = bench.Connect();
        Assert.That(LoopBench.CodeOf(bench.TheEnd()), Is.EqualTo("RC"));
        Assert.That(bench.Shared.ServerFailures(1), Is.Zero);
        Assert.That(client.SawEnd, Is.EqualTo(PeerEnd.Reset));
    }

    [Test]
    public void Without_a_descriptor_no_other_server_is_tried(
        [Values(Errno.TooManyFiles, Errno.TooManySystemFiles, Errno.NoBuffers, Errno.NoMemory)] int errno
    )
    {
        using LoopBench bench = new(servers: 2);
        bench.World.Faults.Next(SyscallKind.Open, -errno);
        FakePeer client = bench.Connect();

        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo("RC"));
        Assert.That(end.ServerErrno, Is.EqualTo(errno));
        Assert.That(bench.Loop.Counters.Connects, Is.EqualTo(1));
        Assert.That(bench.Shared.ServerFailures(0) + bench.Shared.ServerFailures(1), Is.Zero);
        Assert.That(client.SawEnd, Is.EqualTo(PeerEnd.Reset));
        bench.AssertNothingLeft();
    }

    [Test]
    public void A_server_that_answers_at_once_needs_no_event()
    {
        using LoopBench bench = new();
        bench.World.OnConnect(LoopBench.ServerAddress(0), ConnectOutcome.Immediate);
        FakePeer client = bench.World.Connect(LoopBench.Front);
        client.Send([1]);
        bench.Turn();
        FakePeer server = bench.Servers[0].Accept();
        bench.Turn();

        Assert.That(server.Read(), Is.EqualTo(new byte[] { 1 }));
    }

    [Test]
    public void A_hang_up_in_the_middle_of_a_good_connect_changes_nothing([Values] bool withRead)
    {
        using LoopBench bench = new();
        bench.World.OnConnect(LoopBench.ServerAddress(0), ConnectOutcome.Delayed(10 * LoopBench.Millisecond));
        FakePeer client = bench.Connect();
        Readiness invented = withRead ? Readiness.In | Readiness.ReadHangUp : Readiness.HangUp;
        bench.Waits.Reports.Enqueue(
            new KernelEvent { Readiness = invented, Token = Token.ForSession(0, 0, Side.Server) }
        );
        bench.Settle();
        Assert.That(bench.Loop.Sessions, Is.EqualTo(1));
        bench.Pass(20 * LoopBench.Millisecond);
        client.Send([9]);
        bench.Settle();

        Assert.That(bench.Servers[0].Accept().Read(), Is.EqualTo(new byte[] { 9 }));
    }

    [Test]
    public void A_hang_up_with_the_connect_timer_does_not_stop_the_timer()
    {
        using LoopBench bench = new();
        bench.World.OnConnect(LoopBench.ServerAddress(0), ConnectOutcome.Silent);
        bench.Connect();
        bench.Pass(bench.Options.ConnectTimeout - 1);
        bench.World.Advance(1);
        bench.Waits.Reports.Enqueue(
            new KernelEvent { Readiness = Readiness.HangUp, Token = Token.ForSession(0, 0, Side.Server) }
        );
        bench.Settle();
        bench.Pass(10 * LoopBench.Millisecond);

        Assert.That(LoopBench.CodeOf(bench.TheEnd()), Is.EqualTo("sC"));
        bench.AssertNothingLeft();
    }

    [Test]
    public void A_client_that_has_finished_is_still_served()
    {
        using LoopBench bench = new();
        bench.World.OnConnect(LoopBench.ServerAddress(0), ConnectOutcome.Delayed(10 * LoopBench.Millisecond));
        FakePeer client = bench.Connect();
        client.Send([1, 2]);
        client.Finish();
        bench.Pass(20 * LoopBench.Millisecond);
        FakePeer server = bench.Servers[0].Accept();
        Assert.That((server.Read(), server.SawEnd), Is.EqualTo((new byte[] { 1, 2 }, PeerEnd.Fin)));
        server.Send([3]);
        server.Finish();
        bench.Settle();

        Assert.That(client.Read(), Is.EqualTo(new byte[] { 3 }));
        Assert.That(LoopBench.CodeOf(bench.TheEnd()), Is.EqualTo("--"));
        bench.AssertNothingLeft();
    }

    [Test]
    public void A_client_that_is_reset_ends_the_attempt_as_CC()
    {
        using LoopBench bench = new(servers: 2);
        bench.World.OnConnect(LoopBench.ServerAddress(0), ConnectOutcome.Silent);
        FakePeer client = bench.Connect();
        client.Send([1, 2]);
        bench.Settle();
        client.Reset();
        bench.Settle();

        LoopRecord end = bench.TheEnd();
        Assert.That(LoopBench.CodeOf(end), Is.EqualTo("CC"));
        Assert.That((end.Up, end.LostUp), Is.EqualTo((2L, 2L)));
        Assert.That(bench.Shared.ServerFailures(0), Is.Zero);
        Assert.That(bench.Loop.Counters.Connects, Is.EqualTo(1));
        bench.AssertNothingLeft();
    }

    [Test]
    public void Early_bytes_that_fill_the_block_wait_in_the_kernel_and_arrive_whole()
    {
        LoopOptions options = new()
        {
            Sessions = 4,
            BlockBytes = 16,
            BatchReads = 2,
        };
        using LoopBench bench = new(options, servers: 3);
        bench.World.OnConnect(LoopBench.ServerAddress(0), ConnectOutcome.FailsLater(Errno.TimedOut, 9_000_000));
        bench.World.OnConnect(LoopBench.ServerAddress(1), ConnectOutcome.FailsLater(Errno.HostUnreachable, 9_000_000));
        FakePeer client = bench.Connect();
        List<byte> sent = [];
        for (int i = 0; i < 10; i++)
        {
            client.Send(LoopBench.Bytes(7, i));
            sent.AddRange(LoopBench.Bytes(7, i));
            bench.Pass(LoopBench.Millisecond);
        }

        bench.Pass(50 * LoopBench.Millisecond);
        Assert.That(bench.World.Marked(MarkId.EarlyBytes), Is.Positive);
        Assert.That(bench.ReadAll(bench.Servers[2].Accept()), Is.EqualTo(sent));
    }
}

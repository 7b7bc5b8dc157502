using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Sim;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>Who looks on between two calls sees what is true at that moment.</summary>
[TestFixture]
internal sealed class InspectionTests
{
    [Test]
    public void A_session_that_was_just_accepted_has_no_timer_and_no_server()
    {
        using LoopBench bench = new();
        SessionView seen = default;
        bench.World.Faults.Before(SyscallKind.Open, () => bench.Loop.TryInspect(0, out seen));
        bench.Connect();

        Assert.That((seen.ServerFd, seen.TimerDue), Is.EqualTo((-1, long.MaxValue)));
        Assert.That(bench.Loop.TryInspect(0, out SessionView after), Is.True);
        Assert.That(after.TimerDue, Is.EqualTo(bench.World.Now + bench.Options.KeepAliveAfter));
    }

    [Test]
    public void Between_two_attempts_there_is_no_server()
    {
        using LoopBench bench = new(servers: 2);
        bench.World.OnConnect(LoopBench.ServerAddress(0), ConnectOutcome.FailsAtOnce(Errno.ConnectionRefused));
        SessionView seen = default;
        bench.World.Faults.Before(SyscallKind.Open, () => bench.Loop.TryInspect(0, out seen), nth: 2);
        bench.Connect();

        Assert.That((seen.Slot, seen.Id, seen.ServerFd), Is.EqualTo((0, 1UL, -1)));
    }

    /// <summary>Each attempt failed at once; nothing is left of them that asks for a turn.</summary>
    [Test]
    public void A_loop_whose_only_session_found_no_server_has_no_work()
    {
        using LoopBench bench = new(servers: 2, backend: spec => spec with { Retries = 1 });
        bench.World.OnConnect(LoopBench.ServerAddress(0), ConnectOutcome.FailsAtOnce(Errno.ConnectionRefused));
        bench.World.OnConnect(LoopBench.ServerAddress(1), ConnectOutcome.FailsAtOnce(Errno.ConnectionRefused));
        bench.World.Connect(LoopBench.Front);
        bench.Turn();
        bench.Turn();

        Assert.That((bench.Loop.Sessions, bench.Loop.HasWork), Is.EqualTo((0, false)));
    }

    [Test]
    public void Bytes_that_wait_begin_where_the_last_write_ended()
    {
        using LoopBench bench = new(world: new WorldOptions { SendBuffer = 4 });
        (FakePeer client, FakePeer server) = bench.Pair();
        server.Window = 0;
        client.Send(LoopBench.Bytes(10));
        bench.Settle();

        Assert.That(bench.Loop.TryInspect(0, out SessionView session), Is.True);
        Assert.That((session.WaitingUp, session.StartUp), Is.EqualTo((6, 4)));
        Assert.That((session.WaitingDown, session.StartDown), Is.EqualTo((0, 0)));
        Assert.That(bench.World.Marked(MarkId.Blocked), Is.EqualTo(1));
    }

    /// <summary>Its fields still name the pipe, which is closed and will be somebody else's.</summary>
    [Test]
    public void A_session_that_is_being_retired_holds_its_pipe_no_more()
    {
        using LoopBench bench = new(
            new LoopOptions
            {
                Sessions = 4,
                BlockBytes = 16,
                BatchReads = 4,
                BytesPerTurn = 32,
                Pipes = 1,
            },
            new WorldOptions { SendBuffer = 4 }
        );
        (FakePeer client, FakePeer server) = bench.Pair();
        client.Send(LoopBench.Bytes(100));
        Assert.That(bench.ReadAll(server), Is.EqualTo(LoopBench.Bytes(100)));
        server.Window = 0;
        client.Send(LoopBench.Bytes(14));
        bench.Settle();
        Assert.That(bench.Loop.TryInspect(0, out SessionView before), Is.True);
        SessionView during = default;
        bench.World.Faults.Before(SyscallKind.Close, () => bench.Loop.TryInspect(0, out during), fd: before.ClientFd);
        server.Reset();
        bench.Settle();

        Assert.That((before.PipeUp, before.WaitingUp), Is.EqualTo((1, 10)));
        Assert.That((during.Id, during.PipeUp, during.WaitingUp), Is.EqualTo((before.Id, 0, 0)));
    }
}

using System.Collections.Generic;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using NUnit.Framework;
using static Lure.Core.Connections.ConnectionFlags;

namespace Lure.Core.Tests.Connections;

/// <summary>What single events do to single words. The rules say what may not come of a step; this says what has to.</summary>
[TestFixture]
internal sealed class TransitionTableTests
{
    private static ConnectionFlags Both => Open.On(Side.Client) | Open.On(Side.Server);

    private static ConnectionFlags Relaying => Both | None.With(Phase.Relaying);

    private static ConnectionFlags Connecting => Open.On(Side.Client) | None.With(Phase.Connecting);

    [TestCase(Readiness.None, None)]
    [TestCase(Readiness.In, Readable)]
    [TestCase(Readiness.Out, Writable)]
    [TestCase(Readiness.Urgent, Readable | Hinted)]
    [TestCase(Readiness.Error, Readable | Hinted)]
    [TestCase(Readiness.HangUp, Readable | Hinted)]
    [TestCase(Readiness.ReadHangUp, Readable | Hinted)]
    [TestCase(Readiness.In | Readiness.Out | Readiness.ReadHangUp, Readable | Writable | Hinted)]
    public void A_report_permits_a_try(Readiness readiness, ConnectionFlags bits)
    {
        foreach (Side side in (Side[])[Side.Client, Side.Server])
        {
            Assert.That(Transitions.Reported(Relaying, side, readiness), Is.EqualTo(Relaying | bits.On(side)));
            ConnectionFlags again = Transitions.Reported(Relaying | bits.On(side), side, readiness);
            Assert.That(again, Is.EqualTo(Relaying | bits.On(side)));
        }
    }

    [Test]
    public void A_report_of_a_server_that_is_connected_to_asks_for_the_verdict()
    {
        ConnectionFlags started = Transitions.ConnectStarted(Transitions.Accepted());

        Assert.That(Transitions.Reported(started, Side.Server, Readiness.HangUp).Has(VerdictDue), Is.True);
        Assert.That(Transitions.Reported(started, Side.Client, Readiness.In).Has(VerdictDue), Is.False);
        Assert.That(Transitions.Reported(Relaying, Side.Server, Readiness.In).Has(VerdictDue), Is.False);
    }

    [Test]
    public void A_connect_without_an_error_is_one_only_when_it_can_be_written_to()
    {
        ConnectionFlags asked = Transitions.ConnectStarted(Transitions.Accepted()) | VerdictDue;
        ConnectionFlags early = asked | (Readable | Hinted).On(Side.Server);
        ConnectionFlags ready = early | Writable.On(Side.Server);

        Assert.That(Transitions.ConnectAnswered(early), Is.EqualTo(asked & ~VerdictDue));
        ConnectionFlags connected = Transitions.ConnectAnswered(ready);
        Assert.That(connected.Phase(), Is.EqualTo(Phase.Relaying));
        Assert.That(connected.Has(VerdictDue | ConnectDue), Is.False);
        Assert.That(connected.Has(Readable, Side.Server) && connected.Has(Hinted, Side.Server), Is.True);
    }

    [Test]
    public void Connected_forgets_the_failure_of_the_one_before()
    {
        ConnectionFlags connected = Transitions.Connected(Connecting.With(ConnectFailure.Refused) | VerdictDue);

        Assert.That(connected.Failure(), Is.EqualTo(ConnectFailure.None));
        Assert.That(connected.Has(Writable, Side.Server), Is.True);
        Assert.That(connected.Has(VerdictDue | Writable), Is.False, "and says nothing of the client");
    }

    [TestCase(ConnectFailure.Refused, EndCause.Server)]
    [TestCase(ConnectFailure.TimedOut, EndCause.ServerTimer)]
    [TestCase(ConnectFailure.Busy, EndCause.Server)]
    [TestCase(ConnectFailure.NoPort, EndCause.Resource)]
    [TestCase(ConnectFailure.NoResource, EndCause.Resource)]
    public void The_last_failure_says_who_ended_it(ConnectFailure failure, EndCause cause)
    {
        ConnectionFlags ended = Transitions.ConnectFailed(Connecting | VerdictDue, failure, another: false);

        Assert.That(
            (ended.Phase(), ended.Cause(), ended.EndState()),
            Is.EqualTo((Phase.Ending, cause, EndState.Connect))
        );
        Assert.That(ended.Has(TimedOut, Side.Server), Is.EqualTo(failure == ConnectFailure.TimedOut));
        Assert.That(ended.Has(AttemptFailed), Is.True);
        Assert.That(ended.Has(ConnectDue | VerdictDue), Is.False);
    }

    [TestCase(ConnectFailure.Refused, true)]
    [TestCase(ConnectFailure.TimedOut, true)]
    [TestCase(ConnectFailure.Busy, true)]
    [TestCase(ConnectFailure.NoPort, true)]
    [TestCase(ConnectFailure.NoResource, false)]
    public void Another_server_is_tried_unless_it_would_not_help(ConnectFailure failure, bool isTried)
    {
        ConnectionFlags failed = Transitions.ConnectFailed(Connecting | VerdictDue, failure, another: true);

        Assert.That(failed.Has(ConnectDue), Is.EqualTo(isTried));
        Assert.That(failed.Phase(), Is.EqualTo(isTried ? Phase.Connecting : Phase.Ending));
        Assert.That((failed.Failure(), failed.Has(VerdictDue)), Is.EqualTo((failure, false)));
    }

    [Test]
    public void What_is_cleared_away_is_the_servers_but_for_the_bytes_that_wait()
    {
        const ConnectionFlags kept = Pending | Full | TimedOut;
        ConnectionFlags client = Open | Readable | Eof;
        ConnectionFlags failed = client | SideMask.On(Side.Server) | AttemptFailed | WatchServerDue | WatchClientDue;

        ConnectionFlags expected = client | kept.On(Side.Server) | WatchClientDue;
        Assert.That(Transitions.AttemptCleared(failed), Is.EqualTo(expected));
    }

    [TestCase(true, ConnectFailure.None, EndCause.Server, EndState.Queue)]
    [TestCase(true, ConnectFailure.TimedOut, EndCause.ServerTimer, EndState.Connect)]
    [TestCase(false, ConnectFailure.None, EndCause.Server, EndState.Connect)]
    public void Without_a_server_the_last_failure_counts_more_than_a_full_one(
        bool full,
        ConnectFailure failure,
        EndCause cause,
        EndState state
    )
    {
        ConnectionFlags ended = Transitions.NoServer(Transitions.Accepted().With(failure), full);

        Assert.That((ended.Phase(), ended.Cause(), ended.EndState()), Is.EqualTo((Phase.Ending, cause, state)));
        Assert.That(ended.Has(ConnectDue), Is.False);
    }

    [TestCaseSource(nameof(Readings))]
    public void A_read_was_answered(ConnectionFlags before, Reading reading, bool full, ConnectionFlags after)
    {
        foreach (Side source in (Side[])[Side.Client, Side.Server])
        {
            ConnectionFlags from = Relaying | Mirrored(before, source);
            ConnectionFlags to = Relaying | Mirrored(after, source);
            Assert.That(Transitions.Received(from, source, reading, full), Is.EqualTo(to));
        }
    }

    [Test]
    public void A_write_was_answered([Values] Side target)
    {
        ConnectionFlags before = Relaying | (Pending | Full | Writable).On(target);

        Assert.Multiple(() =>
        {
            Assert.That(Transitions.Sent(before, target, Writing.All), Is.EqualTo(Relaying | Writable.On(target)));
            Assert.That(Transitions.Sent(before, target, Writing.Blocked), Is.EqualTo(Relaying | Pending.On(target)));
            Assert.That(Transitions.Blocked(before, target), Is.EqualTo(Relaying | (Pending | Full).On(target)));
            ConnectionFlags dead = Transitions.Sent(before, target, Writing.Failed);
            Assert.That(
                dead & SideMask.On(target),
                Is.EqualTo((Open | Pending | Full | Dead | Readable | Hinted).On(target))
            );
            Assert.That(dead.Cause(), Is.EqualTo(target == Side.Client ? EndCause.Client : EndCause.Server));
        });
    }

    [TestCaseSource(nameof(Waits))]
    public void An_idle_session_blames_whom_it_waits_for(ConnectionFlags bits, Side blamed, EndState state)
    {
        ConnectionFlags ended = Transitions.TimerFired(Relaying | bits);

        Assert.That(ended.Cause(), Is.EqualTo(blamed == Side.Client ? EndCause.ClientTimer : EndCause.ServerTimer));
        Assert.That((ended.Phase(), ended.EndState()), Is.EqualTo((Phase.Lingering, state)));
        Assert.That(ended.Has(TimedOut, blamed), Is.True);
        Assert.That(ended.Has(TimedOut, blamed.Other()), Is.False);
    }

    [Test]
    public void The_stream_that_ended_first_is_remembered()
    {
        ConnectionFlags first = Transitions.Received(Relaying, Side.Server, Reading.End, full: false);
        ConnectionFlags second = Transitions.Received(
            Transitions.Received(Relaying, Side.Client, Reading.End, full: false),
            Side.Server,
            Reading.End,
            full: false
        );

        Assert.Multiple(() =>
        {
            Assert.That(first.Has(ServerEndedFirst), Is.True);
            Assert.That(second.Has(ServerEndedFirst), Is.False);
            Assert.That(
                Transitions.Received(first, Side.Client, Reading.End, full: false).Has(ServerEndedFirst),
                Is.True
            );
            Assert.That(Transitions.TimerFired(Relaying | Pending.On(Side.Server)).Has(ServerEndedFirst), Is.True);
            Assert.That(Transitions.TimerFired(Relaying).Has(ServerEndedFirst), Is.False);
        });
    }

    [Test]
    public void A_kill_ends_at_once_or_after_what_is_owed([Values] bool atOnce)
    {
        ConnectionFlags connecting = Transitions.Killed(Transitions.Accepted(), atOnce);
        ConnectionFlags relaying = Transitions.Killed(Relaying, atOnce);
        ConnectionFlags lingering = Transitions.Killed(Relaying.With(Phase.Lingering) | LingerOver, atOnce);

        Assert.Multiple(() =>
        {
            Assert.That((connecting.Phase(), connecting.EndState()), Is.EqualTo((Phase.Ending, EndState.Connect)));
            Assert.That(connecting.Has(ConnectDue), Is.False);
            Assert.That((relaying.Phase(), relaying.EndState()), Is.EqualTo((Phase.Lingering, EndState.Data)));
            Assert.That(relaying.Has(LingerOver), Is.EqualTo(atOnce));
            Assert.That((lingering.Phase(), lingering.Has(LingerOver)), Is.EqualTo((Phase.Lingering, true)));
        });
    }

    [Test]
    public void A_defect_and_a_want_of_memory_end_in_the_state_that_was()
    {
        ConnectionFlags last = Relaying | (Eof | ReadDone).On(Side.Server);

        Assert.Multiple(() =>
        {
            Assert.That(Code(Transitions.OutOfResources(Transitions.Accepted())), Is.EqualTo("RC"));
            Assert.That(Code(Transitions.OutOfResources(Relaying)), Is.EqualTo("RD"));
            Assert.That(Code(Transitions.OutOfResources(last)), Is.EqualTo("RL"));
            Assert.That(Code(Transitions.SelfCheckFailed(Transitions.Accepted())), Is.EqualTo("IC"));
            Assert.That(Code(Transitions.SelfCheckFailed(Relaying)), Is.EqualTo("ID"));
            Assert.That(Code(Transitions.SelfCheckFailed(last | FinSent)), Is.EqualTo("ID"));
            Assert.That(Transitions.OutOfResources(Transitions.Accepted()).Has(ConnectDue), Is.False);
            Assert.That(Transitions.SelfCheckFailed(Transitions.Accepted()).Has(ConnectDue), Is.False);
        });
    }

    /// <summary>Of the client as source; "the target" is the server.</summary>
    private static IEnumerable<object[]> Readings()
    {
        ConnectionFlags target = Pending.On(Side.Server);
        yield return [Readable, Reading.Partial, false, target];
        yield return [Readable | Hinted, Reading.Partial, false, Readable | Hinted | target];
        yield return [Readable, Reading.Filled, false, Readable | target];
        yield return [Readable, Reading.Filled, true, Readable | target | Full.On(Side.Server)];
        yield return [Readable | Quiet.On(Side.Server), Reading.Filled, false, Readable | target];
        yield return [Readable | Hinted, Reading.Nothing, false, None];
        yield return [Readable | Hinted | Dead, Reading.End, false, Hinted | Dead | ReadDone];
    }

    private static IEnumerable<object[]> Waits()
    {
        yield return [None, Side.Client, EndState.Data];
        yield return [Pending.On(Side.Client), Side.Client, EndState.Data];
        yield return [Pending.On(Side.Server), Side.Server, EndState.Data];
        yield return [(Pending | Pending.On(Side.Server)), Side.Client, EndState.Data];
        yield return [Eof | FinSent.On(Side.Server), Side.Server, EndState.Data];
        yield return [Eof.On(Side.Server) | FinSent, Side.Client, EndState.Data];
        yield return [Eof.On(Side.Server) | Pending, Side.Client, EndState.Last];
    }

    private static ConnectionFlags Mirrored(ConnectionFlags ofClient, Side source) =>
        (ofClient & SideMask).On(source) | ((ConnectionFlags)((ulong)ofClient >> 12) & SideMask).On(source.Other());

    private static string Code(ConnectionFlags flags) => $"{(char)EndCode.Who(flags)}{(char)EndCode.State(flags)}";
}

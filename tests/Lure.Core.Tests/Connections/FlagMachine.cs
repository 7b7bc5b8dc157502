using System;
using System.Collections.Generic;
using Lure.Core.Connections;
using Lure.Core.Kernel;

namespace Lure.Core.Tests.Connections;

/// <summary>
/// Every step that the loop may take from a word of flags, with the guards under which it takes it. Where the
/// loop's order within a turn would rule a step out, it is taken all the same: what holds for more holds for less.
/// </summary>
internal static class FlagMachine
{
    public const string Settle = "settle";
    public const string Cleared = "attempt cleared";

    private const int WordsMax = 250_000;
    private const int Sessions = 150;
    private const int StepsMax = 60;

    private const ConnectionFlags Reported =
        ConnectionFlags.Readable | ConnectionFlags.Hinted | ConnectionFlags.ReadDone | ConnectionFlags.Dead;

    private static readonly Side[] Sides = [Side.Client, Side.Server];

    private static readonly Readiness[] Reports =
    [
        Readiness.In,
        Readiness.Out,
        Readiness.In | Readiness.Out | Readiness.ReadHangUp,
        Readiness.In | Readiness.Out | Readiness.Error | Readiness.HangUp | Readiness.ReadHangUp,
        Readiness.HangUp,
        Readiness.Urgent,
    ];

    private static readonly Reading[] BrimfulReadings = [Reading.Partial, Reading.Filled];

    /// <summary>
    /// Walks everything that can be reached from a fresh session until nothing new is met. That the timer no longer
    /// fits is forgotten after each step, as if it had been armed: no step asks for it.
    /// </summary>
    /// <param name="visit">Given each word once with each event that can meet it.</param>
    /// <returns>All words.</returns>
    public static IReadOnlySet<ConnectionFlags> Walk(Action<Step> visit)
    {
        HashSet<ConnectionFlags> seen = [Transitions.Accepted() & ~ConnectionFlags.TimerDue];
        Queue<ConnectionFlags> frontier = new(seen);
        while (frontier.TryDequeue(out ConnectionFlags from))
        {
            foreach (Step step in Steps(from))
            {
                visit(step);
                ConnectionFlags to = step.To & ~ConnectionFlags.TimerDue;
                if (seen.Add(to))
                {
                    frontier.Enqueue(to);
                }
            }

            Check.That(seen.Count < WordsMax, "the machine has more words than it can have: a step leads nowhere");
        }

        return seen;
    }

    /// <summary>Some hundred of the words that <see cref="Walk"/> goes through, by sessions that take one step after the other.</summary>
    /// <param name="visit">Given each step that could be taken from each word on the way.</param>
    /// <returns>The words, the same each time.</returns>
    public static IReadOnlySet<ConnectionFlags> Stroll(Action<Step> visit)
    {
        HashSet<ConnectionFlags> seen = [];
        ulong choice = 1;
        for (int session = 0; session < Sessions; session++)
        {
            ConnectionFlags at = Transitions.Accepted() & ~ConnectionFlags.TimerDue;
            List<Step> steps = [.. Steps(at)];
            for (int taken = 0; taken < StepsMax && steps.Count > 0; taken++)
            {
                if (seen.Add(at))
                {
                    steps.ForEach(visit);
                }

                choice = (choice * 6364136223846793005) + 1442695040888963407;
                at = steps[(int)((choice >> 33) % (ulong)steps.Count)].To & ~ConnectionFlags.TimerDue;
                steps = [.. Steps(at)];
            }
        }

        return seen;
    }

    public static IEnumerable<Step> Steps(ConnectionFlags from)
    {
        if (from.Has(ConnectionFlags.AttemptFailed))
        {
            yield return new Step(from, Cleared, null, Transitions.AttemptCleared(from));
        }

        // Who ended without a cause is retired in the same breath; who was given one may meet the rest of the turn.
        if (from.Phase() == Phase.Ending && from.Cause() == EndCause.None)
        {
            yield break;
        }

        // A verdict is asked in the turn of its report, before all else, and commands are taken before reports.
        foreach (Step step in from.Has(ConnectionFlags.VerdictDue) ? [] : OutsideSteps(from))
        {
            yield return step;
        }

        foreach (Step step in ConnectSteps(from))
        {
            yield return step;
        }

        foreach (Side side in Sides)
        {
            foreach (Step step in SideSteps(from, side))
            {
                yield return step;
            }
        }
    }

    /// <summary>What nobody at either end has done: the end of the turn, timers, operators, want of memory, a defect.</summary>
    private static IEnumerable<Step> OutsideSteps(ConnectionFlags from)
    {
        ConnectionFlags settled = Transitions.Settle(from);
        yield return new Step(from, Settle, null, settled);
        foreach (Side side in Sides)
        {
            if (Decisions.ShutdownDue(from, settled, side))
            {
                yield return new Step(from, "FIN refused", side, Transitions.FinRefused(settled, side));
            }
        }

        // All else meets what the last turn left, or what came before it in the same phase of this one.
        if (settled != from && from.Cause() == EndCause.None)
        {
            yield break;
        }

        yield return new Step(from, "drain deadline", null, Transitions.Killed(from, atOnce: false));
        yield return new Step(from, "stop", null, Transitions.Killed(from, atOnce: true));
        if (from.Phase() is Phase.Relaying or Phase.Lingering)
        {
            yield return new Step(from, "timer", null, Transitions.TimerFired(from));
        }

        if (from.Phase() != Phase.Ending)
        {
            yield return new Step(from, "self-check failed", null, Transitions.SelfCheckFailed(from));
            if (!from.Has(Reported, Side.Server))
            {
                // Before the first wait, so before the server's socket was reported.
                yield return new Step(from, "registration refused", null, Transitions.OutOfResources(from));
            }
        }
    }

    private static IEnumerable<Step> ConnectSteps(ConnectionFlags from)
    {
        if (from.Phase() != Phase.Connecting || from.Has(ConnectionFlags.AttemptFailed))
        {
            yield break;
        }

        if (from.Has(ConnectionFlags.ConnectDue))
        {
            ConnectionFlags started = Transitions.ConnectStarted(from);
            yield return new Step(from, "connect started", null, started);
            yield return new Step(from, "connected at once", null, Transitions.Connected(started));
            yield return new Step(from, "no server left", null, Transitions.NoServer(from, full: false));
            yield return new Step(from, "all servers full", null, Transitions.NoServer(from, full: true));
            yield return Failed(from, ConnectFailure.NoResource, another: true);
            yield break;
        }

        foreach (ConnectFailure failure in Enum.GetValues<ConnectFailure>())
        {
            if (failure != ConnectFailure.None)
            {
                yield return Failed(from, failure, another: false);
                yield return Failed(from, failure, another: true);
            }
        }

        if (from.Has(ConnectionFlags.VerdictDue))
        {
            yield return new Step(from, "connect has no error", null, Transitions.ConnectAnswered(from));
        }
    }

    private static Step Failed(ConnectionFlags from, ConnectFailure failure, bool another) =>
        new(
            from,
            another ? "connect failed, retries left" : "connect failed, no retry left",
            null,
            Transitions.ConnectFailed(from, failure, another)
        );

    private static IEnumerable<Step> SideSteps(ConnectionFlags from, Side side)
    {
        // What is reported of a session that has ended sets bits that nobody asks any more (TransitionsTests).
        bool listens = from.Phase() != Phase.Ending && !from.Has(ConnectionFlags.AttemptFailed);
        if (listens && from.Has(ConnectionFlags.Open, side))
        {
            foreach (Readiness report in Reports)
            {
                yield return new Step(from, "reported", side, Transitions.Reported(from, side, report));
            }
        }

        if (Decisions.WantsRead(from, side) && !from.Has(ConnectionFlags.VerdictDue))
        {
            foreach (Reading reading in Enum.GetValues<Reading>())
            {
                yield return new Step(from, $"read {reading}", side, Transitions.Received(from, side, reading, false));
            }

            foreach (Reading reading in BrimfulReadings)
            {
                yield return new Step(from, "read to the brim", side, Transitions.Received(from, side, reading, true));
            }
        }

        if (Decisions.WantsWrite(from, side))
        {
            foreach (Writing writing in Enum.GetValues<Writing>())
            {
                yield return new Step(from, $"write {writing}", side, Transitions.Sent(from, side, writing));
            }

            yield return new Step(from, "write finds no room", side, Transitions.Blocked(from, side));
        }

        if (from.Has(ConnectionFlags.Full, side) && from.Has(ConnectionFlags.Hinted, side.Other()))
        {
            yield return new Step(from, "room is uncertain", side, Transitions.RoomUncertain(from, side));
        }

        if (Decisions.AcknowledgementDue(from, side))
        {
            yield return new Step(from, "all acknowledged", side, Transitions.Acknowledged(from, side));
        }
    }

    /// <param name="From">The word before.</param>
    /// <param name="Event">What happened.</param>
    /// <param name="Side">To which side; none for what concerns the session.</param>
    /// <param name="To">The word after.</param>
    internal readonly record struct Step(ConnectionFlags From, string Event, Side? Side, ConnectionFlags To);
}

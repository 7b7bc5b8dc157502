using System;
using System.Collections.Generic;
using Lure.Core.Connections;
using Lure.Core.Kernel;

namespace Lure.Core.Tests.Connections;

/// <summary>Every step that the loop may take from a word of flags, with the guards under which it takes it.</summary>
internal static class FlagMachine
{
    private static readonly Side[] Sides = [Side.Client, Side.Server];

    private static readonly Readiness[] Reports =
    [
        Readiness.In,
        Readiness.Out,
        Readiness.In | Readiness.Out | Readiness.ReadHangUp,
        Readiness.In | Readiness.Out | Readiness.Error | Readiness.HangUp | Readiness.ReadHangUp,
        Readiness.HangUp,
    ];

    /// <summary>Walks everything that can be reached from a fresh session.</summary>
    public static HashSet<ConnectionFlags> Reachable(Action<Step> check)
    {
        HashSet<ConnectionFlags> seen = [Transitions.Accepted()];
        Queue<ConnectionFlags> frontier = new(seen);
        while (frontier.TryDequeue(out ConnectionFlags from))
        {
            foreach ((string name, ConnectionFlags to) in Steps(from))
            {
                check(new Step(from, name, to));
                if (seen.Add(to))
                {
                    frontier.Enqueue(to);
                }
            }
        }

        return seen;
    }

    public static IEnumerable<(string Name, ConnectionFlags To)> Steps(ConnectionFlags from)
    {
        if (from.Phase() == Phase.Ending)
        {
            if (from.Has(ConnectionFlags.AttemptFailed))
            {
                yield return ("cleared", Transitions.AttemptCleared(from));
            }

            yield break;
        }

        yield return ("settle", Transitions.Settle(from));
        foreach (Side side in Sides)
        {
            if (Decisions.ShutdownDue(from, Transitions.Settle(from), side))
            {
                yield return ($"{side} refuses its FIN", Transitions.FinRefused(Transitions.Settle(from), side));
            }
        }

        yield return ("drain deadline", Transitions.Killed(from, atOnce: false));
        yield return ("stop", Transitions.Killed(from, atOnce: true));
        if (from.Phase() != Phase.Connecting)
        {
            yield return ("timer", Transitions.TimerFired(from));
        }

        foreach ((string, ConnectionFlags) step in ConnectSteps(from))
        {
            yield return step;
        }

        foreach (Side side in Sides)
        {
            foreach ((string, ConnectionFlags) step in SideSteps(from, side))
            {
                yield return step;
            }
        }
    }

    private static IEnumerable<(string Name, ConnectionFlags To)> ConnectSteps(ConnectionFlags from)
    {
        if (from.Has(ConnectionFlags.AttemptFailed))
        {
            yield return ("cleared", Transitions.AttemptCleared(from));
        }
        else if (from.Has(ConnectionFlags.ConnectDue))
        {
            yield return ("connect", Transitions.ConnectStarted(from));
            yield return ("connected at once", Transitions.Connected(Transitions.ConnectStarted(from)));
            yield return ("no server", Transitions.NoServer(from, full: false));
            yield return ("all full", Transitions.NoServer(from, full: true));
            yield return ("no socket", Transitions.ConnectFailed(from, ConnectFailure.NoResource, another: true));
        }
        else if (from.Phase() == Phase.Connecting)
        {
            foreach (ConnectFailure failure in Enum.GetValues<ConnectFailure>())
            {
                if (failure != ConnectFailure.None)
                {
                    yield return ($"{failure}", Transitions.ConnectFailed(from, failure, another: false));
                    yield return ($"{failure}, next", Transitions.ConnectFailed(from, failure, another: true));
                }
            }
        }

        if (from.Has(ConnectionFlags.VerdictDue) && from.Phase() == Phase.Connecting)
        {
            yield return ("verdict", Transitions.ConnectAnswered(from));
        }
    }

    private static IEnumerable<(string Name, ConnectionFlags To)> SideSteps(ConnectionFlags from, Side side)
    {
        if (from.Has(ConnectionFlags.Open, side) && !from.Has(ConnectionFlags.AttemptFailed))
        {
            foreach (Readiness report in Reports)
            {
                yield return ($"{side} {report}", Transitions.Reported(from, side, report));
            }
        }

        if (Decisions.WantsRead(from, side))
        {
            foreach (Reading reading in Enum.GetValues<Reading>())
            {
                yield return ($"{side} read {reading}", Transitions.Received(from, side, reading, full: false));
            }

            yield return ($"{side} read to the brim", Transitions.Received(from, side, Reading.Filled, full: true));
        }

        if (Decisions.WantsWrite(from, side))
        {
            foreach (Writing writing in Enum.GetValues<Writing>())
            {
                yield return ($"{side} write {writing}", Transitions.Sent(from, side, writing));
            }

            yield return ($"{side} no room", Transitions.Blocked(from, side));
        }

        if (Decisions.AcknowledgementDue(from, side))
        {
            yield return ($"{side} acknowledged", Transitions.Acknowledged(from, side));
        }
    }

    internal readonly record struct Step(ConnectionFlags From, string Name, ConnectionFlags To);
}

using System;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Loop;

namespace Lure.Sim.Checking;

/// <content>V14: what is armed is armed for the right moment, and what an operator wants is done.</content>
internal sealed partial class Ledger
{
    /// <summary>ns: acknowledgements are asked for as often as that (docs/endings.md).</summary>
    private const long LingerPollMax = 100 * Tick;

    /// <summary>A timer may be looked at before its time, and armed again; it is never later than what it is for.</summary>
    private void CheckMoment(SessionShadow session, in SessionView view)
    {
        if (view.Flags.Has(ConnectionFlags.Queued))
        {
            return;
        }

        long latest = LatestDue(session, view);
        // What was left behind by a full array may be older than its timer; that is looked at in the next turn.
        if (view.TimerDue > Math.Max(latest, _workers[session.Worker].Now) + (2 * Tick))
        {
            Fail(
                session,
                $"V14: the timer of a session that is {view.Flags.Phase()} comes at {view.TimerDue}, {latest} is its time"
            );
        }
    }

    private long LatestDue(SessionShadow session, in SessionView view)
    {
        LoopOptions options = _simulation.Plan.Loop;
        switch (view.Flags.Phase())
        {
            case Phase.Connecting:
                return session.ConnectStartedAt + options.ConnectTimeout;
            case Phase.Lingering:
                return Math.Min(
                    CausedAt(session) + options.LingerTimeout,
                    _workers[session.Worker].Now + LingerPollMax
                );
            case Phase.Relaying:
                bool half = session[Side.Client].Finished || session[Side.Server].Finished;
                long idle = session.MovedAt + (half ? options.HalfCloseTimeout : options.IdleTimeout);
                // A unix socket has no keep-alive, so no call tells that its time has come.
                return session.KeepsAlive || session[Side.Server].IsUnix
                    ? idle
                    : Math.Min(idle, session.AcceptedAt + options.KeepAliveAfter);
            default:
                return long.MaxValue - (4 * Tick);
        }
    }

    /// <summary>The loop wakes for the end of a drain; after it, and after a stop, it takes nothing more.</summary>
    private void CheckOperator(WorkerShadow shadow, ILoopInspection loop)
    {
        if (loop.WakesAt > Math.Max(shadow.DrainDeadline, Now))
        {
            Fail(null, $"V14: the loop sleeps {loop.WakesAt - shadow.DrainDeadline} ns longer than its drain may last");
        }

        for (int i = 0; i < loop.ListenersUsed && shadow.Draining && loop.WakesAt > Now; i++)
        {
            if (loop.Listener(i) is { Closed: false, Watched: true } left)
            {
                Fail(null, $"V22: the loop drains and sleeps, and nobody asks whether listener {left.Number} is empty");
            }
        }

        bool quiet = loop is { TimersArmed: 0, HasWork: false } && shadow.DrainDeadline == long.MaxValue;
        for (int i = 0; i < loop.ListenersUsed && quiet; i++)
        {
            quiet = loop.Listener(i) is { Watched: true } or { Closed: true };
        }

        if (quiet && loop.WakesAt != long.MaxValue && loop.WakesAt > Now)
        {
            Fail(null, $"V14: the loop would wake at {loop.WakesAt}, and there is nothing to wake for");
        }

        if (!shadow.Kills)
        {
            return;
        }

        if (shadow.Stopped && loop.Sessions > 0)
        {
            Fail(null, $"V23: the loop was stopped and keeps {loop.Sessions} sessions: {Pending()}");
        }

        for (int i = 0; i < loop.ListenersUsed; i++)
        {
            if (!loop.Listener(i).Closed)
            {
                Fail(null, $"V22: listener {loop.Listener(i).Number} goes on after the end of everything");
            }
        }
    }
}

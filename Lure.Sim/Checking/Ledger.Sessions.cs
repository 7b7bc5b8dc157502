using System;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Sim.Faults;
using Lure.Sim.Polling;
using Lure.Sim.Sockets;
using Lure.Sim.Workers;

namespace Lure.Sim.Checking;

/// <content>Checks of one session at each wait.</content>
internal sealed partial class Ledger
{
    private const long Tick = 1_000_000;

    // A report that comes with the timer is looked at first, and may turn out to be about nothing.
    private const int PassesMax = 3;

    // Timers wait for the reports that a full array leaves behind, but not for ever.
    private const int FullTurnsMax = 64;
    private const int StarvedSlack = 8;
    private const int QueuedMax = 1_024;
    private const Readiness WorthReading = Readiness.In | Readiness.ReadHangUp | Readiness.HangUp | Readiness.Error;
    private const ConnectionFlags Lasting =
        ConnectionFlags.Eof | ConnectionFlags.Dead | ConnectionFlags.ReadDone | ConnectionFlags.FinSent;

    private void CheckSession(
        WorkerShadow shadow,
        ILoopInspection loop,
        SessionShadow session,
        in SessionView view,
        bool sleeps
    )
    {
        (session.Slot, session.Generation, session.Id) = (view.Slot, view.Generation, view.Id);
        (session[Side.Client].ReadInTurn, session[Side.Client].ReadsInTurn) = (0, 0);
        (session[Side.Server].ReadInTurn, session[Side.Server].ReadsInTurn) = (0, 0);
        CheckKept(session, view, Side.Client);
        CheckKept(session, view, Side.Server);
        CheckFlags(session, view);
        CheckTimer(shadow, loop, session, view);
        CheckMoment(session, view);
        _ = CausedAt(session);
        if (sleeps)
        {
            CheckClient(session, view);
            CheckLingering(session, view);
        }

        CheckSide(shadow, session, view, Side.Client, ConnectionFlags.WatchClientDue, sleeps);
        CheckSide(shadow, session, view, Side.Server, ConnectionFlags.WatchServerDue, sleeps);
    }

    private void CheckSide(
        WorkerShadow shadow,
        SessionShadow session,
        in SessionView view,
        Side side,
        ConnectionFlags due,
        bool sleeps
    )
    {
        if (sleeps)
        {
            CheckFinPassed(session, view, side);
        }

        bool refused = session[side].WatchRefused && view.Flags.Phase() == Phase.Ending;
        if (!view.Flags.Has(ConnectionFlags.Open, side) || refused)
        {
            return;
        }

        if (view.Flags.Has(due))
        {
            Fail(session, $"V10: it waits, and the {side} is not watched yet");
        }

        FakeWorker kernel = _simulation.Workers.Kernel(session.Worker).Internals;
        StreamSocket socket = _simulation.World.FindSocket(view.Fd(side))!;
        EpollItem? item = kernel.ItemOf(view.Fd(side));
        CheckWatched(session, view, side, item);
        if (view.Flags.Phase() == Phase.Relaying && socket.IsConnecting)
        {
            Fail(session, $"V23: it relays, and the {side} has not answered yet");
        }

        CheckStarved(shadow, session, view, side, socket, kernel);
        if (sleeps && !item!.IsReady)
        {
            CheckAsleep(session, view, side, socket);
        }
    }

    /// <summary>V2: what was read and not written is kept.</summary>
    private void CheckKept(SessionShadow session, in SessionView view, Side source)
    {
        if (view.Waiting(source) != session.Waiting(source))
        {
            Fail(
                session,
                $"V2: {session.Waiting(source)} bytes from the {source} were read and not written, {view.Waiting(source)} are kept"
            );
        }

        if (view.Received(source) != session[source].Read)
        {
            Fail(session, $"V16: {session[source].Read} bytes from the {source}, {view.Received(source)} are counted");
        }
    }

    /// <summary>V17: what has ended stays ended, and the phases go one way.</summary>
    private void CheckFlags(SessionShadow session, in SessionView view)
    {
        ConnectionFlags before = session.Flags;
        ConnectionFlags after = view.Flags;
        session.Flags = after;
        ConnectionFlags lost = before & ~after;
        bool attempt = after.Phase() == Phase.Connecting;
        if (lost.Has(Lasting, Side.Client) || (!attempt && lost.Has(Lasting, Side.Server)))
        {
            Fail(session, $"V17: what had ended goes on: {before} became {after}");
        }

        bool unfinished = after.Phase() == Phase.Ending && !after.Has(ConnectionFlags.Queued);
        if (after.Phase() < before.Phase() || unfinished)
        {
            Fail(session, $"V17: a session that was {before.Phase()} is {after.Phase()}");
        }

        if (before.Cause() != EndCause.None && before.Cause() != after.Cause())
        {
            Fail(session, $"V17: the first cause changed from {before.Cause()} to {after.Cause()}");
        }
    }

    /// <summary>V10: what is open is watched for everything, and reports itself as this session.</summary>
    private void CheckWatched(SessionShadow session, in SessionView view, Side side, EpollItem? item)
    {
        if (item is not { Interest: Interest.Connection })
        {
            Fail(session, $"V10: the {side} is watched for {item?.Interest.ToString() ?? "nothing"}");
        }
        else if (item.Token != Token.ForSession(view.Slot, view.Generation, side))
        {
            Fail(session, $"V10: the {side} reports itself as {item.Token:x}");
        }
    }

    /// <summary>V13: who could be read is, within as many turns as it takes to report all that is ready, and a few.</summary>
    private void CheckStarved(
        WorkerShadow shadow,
        SessionShadow session,
        in SessionView view,
        Side side,
        StreamSocket socket,
        FakeWorker kernel
    )
    {
        SideShadow source = session[side];
        bool enabled =
            view.Flags.Phase() == Phase.Relaying
            && (socket.Look() & Readiness.In) != 0
            && !source.ReadOver
            && session.Waiting(side) == 0
            && session.CalledTurn != shadow.Turn - 1;
        int turns = shadow.WasInterrupted ? 0 : 1;
        source.Starved = enabled ? source.Starved + turns : 0;
        if (!enabled)
        {
            return;
        }

        // The queue that it stands in gets shorter while it waits.
        int patience = StarvedSlack + (2 * kernel.Epoll.Queued(QueuedMax));
        source.Patience = source.Starved <= turns ? patience : Math.Max(source.Patience, patience);
        // Who is brought forward again and again passes the others: the order is not the loop's.
        bool fair = _simulation.Census[Fault.EventOrder] == 0;
        if (fair && source.Starved > source.Patience)
        {
            Fail(session, $"V13: the {side} could be read for {source.Starved} turns, and was not");
        }
    }

    /// <summary>V14: every session has a timer, the loop wakes for it, and none was passed over.</summary>
    private void CheckTimer(WorkerShadow shadow, ILoopInspection loop, SessionShadow session, in SessionView view)
    {
        if (view.Flags.Has(ConnectionFlags.Queued))
        {
            return; // its timer is set at the end of the turn that begins at once
        }

        if (view.TimerDue == long.MaxValue)
        {
            Fail(session, $"V14: no timer runs for a session that is {view.Flags.Phase()}");
        }
        else if (loop.WakesAt > Math.Max(view.TimerDue, Now + Tick))
        {
            Fail(session, $"V14: the loop sleeps {loop.WakesAt - view.TimerDue} ns longer than its timer");
        }
        else if (view.TimerDue != session.TimerDue || view.Flags.Phase() != session.TimerPhase)
        {
            (session.TimerDue, session.TimerSeenAt) = (view.TimerDue, shadow.Now);
            (session.TimerPhase, session.TimerPasses, session.TimerWaits) = (view.Flags.Phase(), 0, 0);
        }
        else if (shadow.WasFull && shadow.Now >= Math.Max(view.TimerDue, session.TimerSeenAt) + Tick)
        {
            // What is reported in the turn in which the timers are looked at comes first, and the timer waits once more.
            bool busy = session.ReportTurn == shadow.Turn - 1 || session.CalledTurn == shadow.Turn - 1;
            session.TimerWaits = busy ? 0 : session.TimerWaits + 1;
            if (session.TimerWaits > FullTurnsMax + PassesMax)
            {
                Fail(
                    session,
                    $"V14: a timer of a session, due at {view.TimerDue}, waits for {session.TimerWaits} full turns"
                );
            }
        }
        else if (
            session.CalledTurn != shadow.Turn - 1
            && !shadow.WasFull
            && shadow.Now >= Math.Max(view.TimerDue, session.TimerSeenAt) + Tick
        )
        {
            (session.TimerSeenAt, session.TimerWaits) = (shadow.Now, 0);
            bool reported = session.ReportTurn == shadow.Turn - 1;
            if (reported || ++session.TimerPasses <= PassesMax)
            {
                return;
            }

            Fail(
                session,
                $"V14: a timer of a session that is {view.Flags.Phase()}, due at {view.TimerDue}, was passed over at {shadow.Now}, seen at {session.TimerSeenAt}"
            );
        }
    }

    /// <summary>V11: who sleeps has nothing that could be done, unless a report of it is on its way.</summary>
    private void CheckAsleep(SessionShadow session, in SessionView view, Side side, StreamSocket socket)
    {
        Readiness poll = socket.Look();
        Phase phase = view.Flags.Phase();
        bool connecting = phase == Phase.Connecting;
        bool wanted = phase == Phase.Relaying || (connecting && side == Side.Client);
        if (wanted && (poll & WorthReading) != 0 && !session[side].ReadOver && session.Waiting(side) == 0)
        {
            Fail(session, $"V11: it sleeps, but the {side} can be read ({poll})");
        }

        long waiting = session.Waiting(side);
        bool hasRoom = waiting > 0 && HasRoomBehind(session, view, side);
        // Whether the end behind a pipe is one is asked when the pipe is empty; an error is told before.
        Readiness told = view.Pipe(side) == 0 ? WorthReading & ~Readiness.In : Readiness.Error;
        bool ends = (poll & told) != 0 && !session[side].EndUnasked;
        if (phase == Phase.Relaying && ends && hasRoom && !session[side].ReadOver)
        {
            Fail(session, $"V11: it sleeps, but the end of the {side} was reported and there is room ({poll})");
        }

        if (connecting && side == Side.Server && !socket.IsConnecting)
        {
            Fail(session, $"V11: it sleeps, but the server has answered ({poll})");
        }

        bool writes = phase is Phase.Relaying or Phase.Lingering && !session[side].WriteOver;
        if (writes && session.Waiting(side.Other()) > 0 && (poll & Readiness.Out) != 0)
        {
            Fail(session, $"V11: it sleeps, but the {side} takes some of {session.Waiting(side.Other())} bytes");
        }
    }

    /// <summary>V11: a FIN that was read, and has no bytes before it, is passed on.</summary>
    private void CheckFinPassed(SessionShadow session, in SessionView view, Side source)
    {
        SideShadow target = session[source.Other()];
        bool due =
            view.Flags.Phase() == Phase.Relaying
            && session[source].Finished
            && session.Waiting(source) == 0
            && !target.FinSent
            && target.Error == 0;
        if (due)
        {
            Fail(session, $"V11: it sleeps, but the FIN of the {source} is not passed on");
        }
    }
}

using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Loop;

namespace Lure.Sim.Checking;

/// <content>
/// What ends a session without a call: timers and operators. It is looked at right after a wait, when
/// no call has been made yet, so that all that is known of the session is what was known then.
/// </content>
internal sealed partial class Ledger
{
    private void ObserveCollect(int worker)
    {
        WorkerShadow shadow = _workers[worker];
        if (!shadow.Kills && shadow.Now < shadow.NextTimer)
        {
            return; // nothing of the kind is due; a timer that fires all the same shows in the record
        }

        ILoopInspection loop = _simulation.Workers.Loop(worker);
        for (int slot = 0; slot < loop.SlotsUsed; slot++)
        {
            if (!loop.TryInspect(slot, out SessionView view) || Find(view.ClientFd, out _) is not { } session)
            {
                continue;
            }

            EndCause cause = view.Flags.Cause();
            bool timedOut =
                view.Flags.Has(ConnectionFlags.AttemptFailed) && view.Flags.Failure() == ConnectFailure.TimedOut;
            if (timedOut)
            {
                CheckConnectTimer(session);
                (session.ConnectTimedOut, session.ConnectError) = (true, Errno.TimedOut);
                NoteFailure(session, ConnectFailure.TimedOut, Errno.TimedOut);
            }

            if (session.Who == '\0' && cause != EndCause.None)
            {
                Adopt(worker, session, view, cause);
            }
            else if (session.Who == '\0' && _workers[worker].Kills)
            {
                Fail(session, $"V23: an operator ends everything, and the session goes on as {view.Flags.Phase()}");
            }
        }
    }

    /// <summary>A cause that no call has told: is it true?</summary>
    private void Adopt(int worker, SessionShadow session, in SessionView view, EndCause cause)
    {
        switch (cause)
        {
            case EndCause.Killed when _workers[worker].Kills:
                session.NoteCause('K', session.Flags.Phase() == Phase.Connecting);
                break;
            case EndCause.ServerTimer when view.Flags.EndState() == EndState.Connect && !IsFailing(view):
                break; // the last attempt was answered so before, and no server was left
            case EndCause.ServerTimer when view.Flags.EndState() == EndState.Connect:
                session[Side.Server].TimedOut = true;
                session.NoteCause('s', connecting: true);
                break;
            case EndCause.ClientTimer or EndCause.ServerTimer:
                CheckIdleTimer(session);
                Side awaited = Awaited(session);
                session.NoteEnd(awaited);
                session[awaited].TimedOut = true;
                session.NoteCause(awaited == Side.Client ? 'c' : 's', connecting: false);
                break;
            case EndCause.Server or EndCause.Resource when view.Flags.EndState() is EndState.Connect or EndState.Queue:
                break; // no server was left, which takes no call; the record is looked at for it
            default:
                Fail(session, $"V23: it ends for {cause}, and nothing of the kind has happened");
                break;
        }
    }

    private static bool IsFailing(in SessionView view) => view.Flags.Has(ConnectionFlags.AttemptFailed);

    /// <summary>V14: no timer fires early, nor when what it waited for was reported with it.</summary>
    private void CheckConnectTimer(SessionShadow session)
    {
        CheckUnreported(session);
        long due = session.ConnectStartedAt + _simulation.Plan.Loop.ConnectTimeout;
        if (_workers[session.Worker].Now < due)
        {
            Fail(session, $"V14: the connect timer fires {due - _workers[session.Worker].Now} ns early");
        }
    }

    private void CheckUnreported(SessionShadow session)
    {
        if (session.ReportTurn == _workers[session.Worker].Turn)
        {
            Fail(session, "V14: a timer fires in the turn in which what it waited for was reported");
        }
    }

    private void CheckIdleTimer(SessionShadow session)
    {
        CheckUnreported(session);
        bool half = session[Side.Client].Finished || session[Side.Server].Finished;
        LoopOptions options = _simulation.Plan.Loop;
        long due = session.MovedAt + (half ? options.HalfCloseTimeout : options.IdleTimeout);
        if (_workers[session.Worker].Now < due)
        {
            Fail(
                session,
                $"V14: the {(half ? "half-close" : "idle")} timer fires {due - _workers[session.Worker].Now} ns early"
            );
        }
    }

    /// <summary>
    /// For whom an idle session waits: who does not take what is there for it, else who has not finished,
    /// else the client (docs/endings.md).
    /// </summary>
    private static Side Awaited(SessionShadow session)
    {
        if (session.Waiting(Side.Server) > 0)
        {
            return Side.Client;
        }

        bool server =
            session.Waiting(Side.Client) > 0 || (session[Side.Client].Finished && !session[Side.Server].Finished);
        return server ? Side.Server : Side.Client;
    }
}

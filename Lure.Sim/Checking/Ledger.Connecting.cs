using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Sim.Faults;
using Lure.Sim.Sockets;

namespace Lure.Sim.Checking;

/// <content>Attempts to connect: which session an attempt is for, and what came of it.</content>
internal sealed partial class Ledger
{
    /// <summary>Which session a new socket is for: the one that has it as its server.</summary>
    private void BeginAttempt(int worker, int fd)
    {
        ILoopInspection loop = _simulation.Workers.Loop(worker);
        for (int slot = 0; slot < loop.SlotsUsed; slot++)
        {
            if (
                loop.TryInspect(slot, out SessionView view)
                && view.ServerFd == fd
                && view.Flags.Has(ConnectionFlags.Open, Side.Server)
                && Find(view.ClientFd, out _) is { } session
            )
            {
                StreamSocket socket = _simulation.World.FindSocket(fd)!;
                (session.Slot, session.Generation, session.Id) = (slot, view.Generation, view.Id);
                session[Side.Server].Clear();
                (session[Side.Server].Fd, session[Side.Server].IsUnix) = (fd, socket is UnixSocket);
                (session.NoDelay, session.Answers) = (false, false);
                session.ConnectStartedAt = _workers[worker].Now;
                session.Attempts.Add(_attempts.Count);
                _attempts.Add((session, null));
                socket.Tag = -_attempts.Count;
                OwnerOf(fd) = new Owner
                {
                    Session = session,
                    Side = Side.Server,
                    Worker = worker,
                };
                return;
            }
        }

        Fail(null, $"a connect on descriptor {fd}, which is no session's server");
    }

    private void AfterConnect(SessionShadow session, int result)
    {
        if (result == 0)
        {
            // A unix socket is always connected at once.
            CensusIf(!session[Side.Server].IsUnix, Fault.ConnectOutcome);
            session.MovedAt = _workers[session.Worker].Now;
            NoteSuccess(session);
        }
        else if (result is not (-Errno.InProgress or -Errno.Interrupted))
        {
            // The queue of a unix server may be full where nothing is broken.
            CensusIf(!session[Side.Server].IsUnix || result != -Errno.Again, Fault.ConnectOutcome);
            FailAttempt(session, -result);
        }
    }

    /// <summary>An attempt has failed; after the last one that is allowed, that is the end.</summary>
    private void FailAttempt(SessionShadow session, int errno)
    {
        session.ConnectError = errno;
        session.ConnectTimedOut = errno == Errno.TimedOut;
        ConnectFailure failure = ErrnoClasses.OfConnect(errno);
        NoteFailure(session, failure, errno);
        int backend = _simulation.Plan.Fronts[session.Listener].Backend;
        bool last =
            session.Attempts.Count > _topology.Backends[backend].Retries || failure == ConnectFailure.NoResource;
        if (last)
        {
            session.NoteCause(CauseOf(failure), connecting: true);
        }
    }

    /// <summary>
    /// Room to write and nothing else was reported of sockets that connect: no call asks how it went. They count as
    /// connected from when the loop takes them for it, so this is looked at before each call.
    /// </summary>
    private void NoteAnswers(WorkerShadow shadow)
    {
        for (int i = shadow.Answers.Count - 1; i >= 0; i--)
        {
            SessionShadow session = shadow.Answers[i];
            bool found = FindView(session, out SessionView view) && session.Answers;
            if (found && view.Flags.Phase() == Phase.Connecting && view.Flags.Has(ConnectionFlags.VerdictDue))
            {
                continue;
            }

            shadow.Answers.RemoveAt(i);
            session.Answers = false;
            if (found && !view.Flags.Has(ConnectionFlags.AttemptFailed) && view.Flags.EndState() != EndState.Connect)
            {
                session.MovedAt = shadow.Now;
                NoteSuccess(session);
            }
        }
    }

    /// <summary>No error: the server is there if room to write was reported, else the answer is still to come.</summary>
    private void AfterAnswer(SessionShadow session)
    {
        if (FindView(session, out SessionView view) && view.Flags.Has(ConnectionFlags.Writable, Side.Server))
        {
            session.MovedAt = _workers[session.Worker].Now;
            NoteSuccess(session);
        }
    }

    private static char CauseOf(ConnectFailure failure) =>
        failure switch
        {
            ConnectFailure.TimedOut => 's',
            ConnectFailure.NoPort or ConnectFailure.NoResource => 'R',
            _ => 'S',
        };
}

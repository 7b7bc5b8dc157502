using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Sim.Actors;
using Lure.Sim.Faults;
using Lure.Sim.Running;
using Lure.Sim.Sockets;

namespace Lure.Sim.Checking;

/// <content>Calls that move no bytes: what the loop is told, and what it must not do.</content>
internal sealed partial class Ledger
{
    public void Before(int worker, SyscallKind kind, int fd)
    {
        if (_workers[worker].Collecting && kind is not (SyscallKind.TakeCommand or SyscallKind.SetOption))
        {
            _workers[worker].Collecting = false;
            ObserveCollect(worker);
        }

        CheckOrder(worker, kind);
        SessionShadow? session = Find(fd, out Side side);
        switch (kind)
        {
            case SyscallKind.Connect:
                BeginAttempt(worker, fd);
                break;
            case SyscallKind.Shutdown when session is not null:
                CheckFin(session, side, "shutdown");
                break;
            case SyscallKind.Close:
                BeforeClose(worker, fd, session, side);
                break;
            case SyscallKind.Accept:
                CheckAccept(worker, fd);
                break;
            case SyscallKind.ConnectResult when session is not null && !IsConnecting(session):
                Fail(session, $"V6: SO_ERROR on the {side}, which is not being connected to");
                break;
            default:
                break;
        }
    }

    public void After(int worker, SyscallKind kind, int fd, long argument, int result)
    {
        SessionShadow? session = Find(fd, out Side side);
        switch (kind)
        {
            case SyscallKind.Wait:
                AfterWait(worker, result);
                break;
            case SyscallKind.TakeCommand:
                AfterCommand(worker, (CommandKind)(argument & 15), argument >> 4, result);
                break;
            case SyscallKind.Accept:
                AfterAccept(worker, fd, result);
                break;
            case SyscallKind.Open when result < 0:
                _workers[worker].OpenFailed = true;
                _failures++;
                Census(Fault.CallError);
                break;
            case SyscallKind.Connect when session is not null:
                NoteServer(worker, session, (int)argument - Simulation.ServerPort);
                AfterConnect(session, result);
                break;
            case SyscallKind.ConnectResult when session is not null && result < 0:
                Census(Fault.ConnectOutcome);
                FailAttempt(session, -result);
                break;
            case SyscallKind.ConnectResult when session is not null:
                AfterAnswer(session);
                break;
            case SyscallKind.Watch:
                AfterWatch(worker, session, fd, result);
                break;
            case SyscallKind.SetOption when session is null:
                _workers[worker].NoDelayFd = (SocketOption)(argument >> 32) == SocketOption.NoDelay ? fd : -1;
                break;
            case SyscallKind.SetOption when session is not null:
                AfterSetOption(session, side, (SocketOption)(argument >> 32), result);
                break;
            case SyscallKind.Unacknowledged when session is not null:
                session[side].Unacknowledged = result < 0 ? 0 : result;
                session[side].Disturbances = _disturbances;
                session[side].Asked = true;
                break;
            case SyscallKind.Shutdown when session is not null:
                AfterShutdown(session, side, result);
                break;
            case SyscallKind.Close:
                AfterClose(fd, session, side, result);
                break;
            default:
                break;
        }
    }

    private void AfterAccept(int worker, int listener, int result)
    {
        if (result < 0)
        {
            NoteAcceptError(worker, listener, -result);
            return;
        }

        OwnerOf(listener).WasEmpty = false;
        TcpSocket socket = _simulation.World.FindSocket(result)!;
        SessionShadow session = AddSession();
        session.Worker = worker;
        session.Listener = OwnerOf(listener).Listener - 1;
        session.Client = _simulation.Cast.FindClient(socket.Tag);
        session[Side.Client].Fd = result;
        (session.AcceptedAt, session.MovedAt) = (_workers[worker].Now, _workers[worker].Now);
        OwnerOf(result) = new Owner
        {
            Session = session,
            Side = Side.Client,
            Worker = worker,
        };
        _clientsOpen++;
        CheckLimits();
        if (++_workers[worker].AcceptsInTurn > _simulation.Plan.Loop.AcceptsPerTurn * _simulation.Plan.Fronts.Length)
        {
            Fail(null, $"V13: {_workers[worker].AcceptsInTurn} connections are accepted in one turn");
        }

        if (session.Client is null)
        {
            Fail(session, "the fake kernel accepted a connection that no client made");
        }
    }

    private void NoteAcceptError(int worker, int listener, int errno)
    {
        AcceptFate fate = ErrnoClasses.OfAccept(errno);
        OwnerOf(listener).WasEmpty = fate == AcceptFate.Empty;
        if (fate is not AcceptFate.Empty)
        {
            Census(errno == Errno.Interrupted ? Fault.Interruption : Fault.AcceptError);
        }

        if (fate == AcceptFate.Pause)
        {
            int number = OwnerOf(listener).Listener;
            while (_workers[worker].PausedUntil.Count < number)
            {
                _workers[worker].PausedUntil.Add(0);
            }

            _workers[worker].PausedUntil[number - 1] = _workers[worker].Now + _simulation.Plan.Loop.AcceptPause;
        }
    }

    /// <summary>V18: who ran out of descriptors leaves the queue alone for a while.</summary>
    private void CheckAccept(int worker, int listener)
    {
        int number = OwnerOf(listener).Listener;
        if (number == 0)
        {
            Fail(null, $"V6: accept on descriptor {listener}, which does not listen");
            return;
        }

        WorkerShadow shadow = _workers[worker];
        if (number <= shadow.PausedUntil.Count && shadow.Now < shadow.PausedUntil[number - 1])
        {
            Fail(null, $"V18: accept again {shadow.PausedUntil[number - 1] - shadow.Now} ns before the pause is over");
        }
    }

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
                if (_workers[worker].NoDelayFd != fd)
                {
                    Fail(session, "V6: a connect without TCP_NODELAY");
                }

                (session.Slot, session.Generation, session.Id) = (slot, view.Generation, view.Id);
                session[Side.Server].Clear();
                session[Side.Server].Fd = fd;
                session.ConnectStartedAt = _workers[worker].Now;
                session.Attempts.Add(_attempts.Count);
                _attempts.Add((session, null));
                _simulation.World.FindSocket(fd)!.Tag = -_attempts.Count;
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
            Census(Fault.ConnectOutcome);
            session.MovedAt = _workers[session.Worker].Now;
            NoteSuccess(session);
        }
        else if (result is not (-Errno.InProgress or -Errno.Interrupted))
        {
            Census(Fault.ConnectOutcome);
            FailAttempt(session, -result);
        }
    }

    /// <summary>An attempt has failed; after the last one that is allowed, that is the end.</summary>
    private void FailAttempt(SessionShadow session, int errno)
    {
        session.ConnectError = errno;
        session.ConnectTimedOut = errno == Errno.TimedOut;
        ConnectFailure failure = ErrnoClasses.OfConnect(errno);
        NoteFailure(session, failure);
        int backend = _simulation.Plan.Fronts[session.Listener];
        bool last =
            session.Attempts.Count > _topology.Backends[backend].Retries || failure == ConnectFailure.NoResource;
        if (last)
        {
            session.NoteCause(CauseOf(failure), connecting: true);
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

    private void AfterWatch(int worker, SessionShadow? session, int fd, int result)
    {
        if (result == 0)
        {
            return;
        }

        Census(Fault.WatchError);
        if (session is not null)
        {
            session.NoteCause('R', IsConnecting(session));
        }
        else if (OwnerOf(fd).Listener is > 0 and int number)
        {
            NoteAcceptPause(worker, number);
        }
    }

    private void NoteAcceptPause(int worker, int number)
    {
        while (_workers[worker].PausedUntil.Count < number)
        {
            _workers[worker].PausedUntil.Add(0);
        }
    }

    private void AfterSetOption(SessionShadow session, Side side, SocketOption option, int result)
    {
        if (result < 0)
        {
            Census(Fault.CallError);
        }

        if (option == SocketOption.ResetOnClose)
        {
            (session[side].Resets, session[side].ResetRefused) = (result == 0, result != 0);
            session.ResetRefused |= result != 0;
        }
        else if (side == Side.Client)
        {
            Fail(session, $"V6: {option} on the {side}, who has it from its listener");
        }

        session.KeepsAlive |= option == SocketOption.KeepAlive;
    }

    /// <summary>V3: a FIN goes out for a FIN that came in, once, after the last byte before it.</summary>
    private void CheckFin(SessionShadow session, Side target, string call)
    {
        Side source = target.Other();
        if (session[target].FinSent)
        {
            Fail(session, $"V3: a second FIN to the {target}, by {call}");
        }
        else if (session[target].WriteOver)
        {
            Fail(session, $"V6: {call} on the {target} after its error");
        }
        else if (!session[source].Finished)
        {
            Fail(session, $"V3: a FIN to the {target}, by {call}, but the {source} has sent none");
        }
        else if (session.Waiting(source) != 0)
        {
            Fail(session, $"V3: a FIN to the {target}, by {call}, {session.Waiting(source)} bytes too early");
        }
    }

    private void AfterShutdown(SessionShadow session, Side side, int result)
    {
        if (result == 0)
        {
            session[side].FinSent = true;
            return;
        }

        Census(Fault.CloseError);
        Learn(session, side, -result);
    }

    private void BeforeClose(int worker, int fd, SessionShadow? session, Side side)
    {
        if (session is null)
        {
            CheckListenerClose(worker, fd);
            return;
        }

        FindView(session, out _);
        SideShadow closing = session[side];
        if (closing.Closed)
        {
            Fail(session, $"V6: the {side} is closed twice");
        }

        closing.Token = _simulation.Workers.Kernel(worker).Internals.ItemOf(fd)?.Token ?? SideShadow.NeverWatched;
        TcpSocket socket = _simulation.World.FindSocket(fd)!;
        bool alive = socket.State is TcpState.Established or TcpState.CloseWait;
        if (closing.Resets)
        {
            CheckGrace(session, side);
        }

        if (!alive || closing.Resets || closing.ResetRefused || closing.Error != 0)
        {
            return;
        }

        if (session.State is 'D' or 'L' && session.Who != 'I')
        {
            Fail(session, $"V5: it ended as {session.Who}{session.State}, and the {side} is closed without a reset");
        }

        // A plain close sends a FIN, or is the end of an attempt that nobody has accepted.
        if (!closing.FinSent && (side == Side.Client || session.ConnectError == 0))
        {
            CheckFin(session, side, "close");
        }
    }

    private void AfterClose(int fd, SessionShadow? session, Side side, int result)
    {
        if (result < 0)
        {
            Census(Fault.CloseError);
        }

        if (session is not null)
        {
            session[side].Closed = true;
            session[side].Settled = session[side].Disturbances == _disturbances;
            _clientsOpen -= side == Side.Client ? 1 : 0;
        }

        OwnerOf(fd) = default;
    }

    /// <summary>V22: a drain takes what is queued; only a stop, or the end of its time, gives it up.</summary>
    private void CheckListenerClose(int worker, int fd)
    {
        if (OwnerOf(fd).Listener == 0)
        {
            return; // an attempt that failed before it was connected
        }

        WorkerShadow shadow = _workers[worker];
        if (_simulation.Plan.SharesListeners)
        {
            Fail(null, "V22: a listener is closed that other workers accept from");
        }

        if (!shadow.Draining && !shadow.Stopped)
        {
            Fail(null, "V22: a listener is closed, but nobody asked for it");
        }

        if (OwnerOf(fd).WasEmpty)
        {
            return; // who comes between the last accept and the close is lost: the kernel has no way to do both at once
        }

        int queued = _simulation.World.FindSocket(fd)!.Queued;
        if (queued > 0 && !shadow.Stopped && !shadow.Kills)
        {
            Fail(null, $"V22: a listener is closed with {queued} connections queued");
        }
    }

    /// <summary>The first error of a side, from whichever call was given it.</summary>
    private void Learn(SessionShadow session, Side side, int errno)
    {
        SideShadow learned = session[side];
        learned.WriteOver = true;
        learned.LastError = errno;
        if (learned.Error != 0)
        {
            return;
        }

        learned.Error = errno;
        session.NoteEnd(side);
        session.NoteCause(side == Side.Client ? 'C' : 'S', IsConnecting(session));
        CountDeath(session, side, errno);
    }

    private void CountDeath(SessionShadow session, Side side, int errno)
    {
        if (errno is Errno.TimedOut or Errno.HostUnreachable)
        {
            Census(Fault.DeadNetwork);
            return;
        }

        Actor? peer = side == Side.Client ? session.Client : session.Client?.Partner;
        Census(peer is { Gone: true, LeftByReset: false } or { Deaf: true } ? Fault.RudePeer : Fault.Reset);
    }

    private bool IsConnecting(SessionShadow session) =>
        FindView(session, out SessionView view) && view.Flags.Phase() == Phase.Connecting;

    private void Census(Fault fault) => _simulation.Census.Count(fault);
}

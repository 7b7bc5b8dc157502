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

        NoteAnswers(_workers[worker]);
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
                AfterWait(worker, argument, result);
                break;
            case SyscallKind.TakeCommand:
                AfterCommand(worker, (CommandKind)(argument & 15), argument >> 4, result);
                break;
            case SyscallKind.Accept:
                AfterAccept(worker, fd, result);
                break;
            case SyscallKind.Open when result < 0:
                (_workers[worker].OpenFailed, _choiceIsHidden) = (true, true);
                _failures++;
                Census(Fault.CallError);
                break;
            case SyscallKind.Splice when session is not null:
                AfterSplice(worker, session, side, result);
                break;
            case SyscallKind.MakePipe when result < 0:
                Census(Fault.Splice);
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
                AfterWatch(worker, session, side, fd, result);
                break;
            case SyscallKind.SetOption when session is null && _simulation.World.FindSocket(fd) is UnixSocket:
                Fail(null, $"V6: {(SocketOption)(argument >> 32)} on a unix socket");
                break;
            case SyscallKind.SetOption when session is not null:
                AfterSetOption(session, side, (SocketOption)(argument >> 32), (int)argument, result);
                break;
            case SyscallKind.Unacknowledged when session is not null:
                CheckAsked(session, side);
                session[side].Unacknowledged = result < 0 ? 0 : result;
                session[side].Disturbances = _disturbances;
                session[side].Asked = true;
                CheckPace(session);
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

    private void AfterWatch(int worker, SessionShadow? session, Side side, int fd, int result)
    {
        if (result == 0)
        {
            return;
        }

        Census(Fault.WatchError);
        if (session is not null)
        {
            (session[side].WatchRefused, session[side].LastError) = (true, -result);
            session.NoteCause('R', IsConnecting(session));
        }
        else if (OwnerOf(fd).Listener is > 0 and int number)
        {
            NoteAcceptPause(worker, number);
            _workers[worker].PausesDue.Enqueue((number - 1, -result));
        }
    }

    private void AfterSetOption(SessionShadow session, Side side, SocketOption option, int value, int result)
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
        else if (session[side].IsUnix)
        {
            Fail(session, $"V6: {option} on the {side}, which is a unix socket");
        }

        session.NoDelay |= option == SocketOption.NoDelay && value == 1;
        CheckKeepAlive(session, option, value);
    }

    /// <summary>Probes begin after a minute, and give up after another one (docs/ARCHITECTURE.md).</summary>
    private void CheckKeepAlive(SessionShadow session, SocketOption option, int value)
    {
        int? wanted = option switch
        {
            SocketOption.KeepAliveIdle => 60,
            SocketOption.KeepAliveInterval => 10,
            SocketOption.KeepAliveProbes => 6,
            SocketOption.KeepAlive => 1,
            _ => null,
        };
        if (wanted is { } expected && value != expected)
        {
            Fail(session, $"V6: {option} is set to {value}, {expected} is meant");
        }

        session.ProbesSet += wanted is null ? 0 : 1;
        if (option == SocketOption.KeepAlive)
        {
            session.KeepsAlive = true;
            long early = session.AcceptedAt + _simulation.Plan.Loop.KeepAliveAfter - _workers[session.Worker].Now;
            if (early > 0)
            {
                Fail(session, $"V14: keep-alive is set {early} ns early");
            }

            if (session.ProbesSet < 4)
            {
                Fail(session, "V6: keep-alive with the kernel's own times, which are hours");
            }
        }
    }

    /// <summary>V6: what is unacknowledged is only asked for when a session ends: until then it would be a call a turn.</summary>
    private void CheckAsked(SessionShadow session, Side side)
    {
        if (FindView(session, out SessionView view) && view.Flags.Phase() == Phase.Relaying && session.Who == '\0')
        {
            Fail(session, $"V6: SIOCOUTQ of the {side}, and the session goes on");
        }
    }

    /// <summary>The first error of a side, from whichever call was given it.</summary>
    private void Learn(SessionShadow session, Side side, int errno)
    {
        SideShadow learned = session[side];
        learned.WriteOver = true;
        // What it had sent before is still to be read.
        learned.IsEmpty = false;
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

    private void CensusIf(bool given, Fault fault)
    {
        if (given)
        {
            Census(fault);
        }
    }

    private void Census(Fault fault) => _simulation.Census.Count(fault);
}

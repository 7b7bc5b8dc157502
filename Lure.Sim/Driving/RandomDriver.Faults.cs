using System;
using Lure.Core.Kernel;
using Lure.Sim.Faults;
using Lure.Sim.Running;
using Lure.Sim.Sockets;

namespace Lure.Sim.Driving;

/// <content>The faults that injure, and the odd answers of a healthy kernel.</content>
internal sealed partial class RandomDriver
{
    private bool NextAnswer(in Point point, out Intervention what)
    {
        what = default;
        if (_asked > CrowdSteps)
        {
            return false;
        }

        _asked = CrowdSteps + 1;
        bool unix = _simulation.World.FindSocket(point.Fd) is UnixSocket;
        switch (point.Kind)
        {
            // Nothing is on its way between unix sockets: a call moves what is there, and there is no network to wait for.
            case SyscallKind.Receive or SyscallKind.Send when unix:
                return false;
            case SyscallKind.Receive:
                return NextShortRead(out what);
            case SyscallKind.Splice:
                return NextSplice(point.Fd, out what);
            case SyscallKind.MakePipe when _swarm.Fires(Fault.Splice, _tape):
                what = new Intervention(Act.Answer, 0, Pick(Envelope.MakePipe));
                return true;
            case SyscallKind.Send when _swarm.Fires(Fault.ShortWrite, _tape):
                what = ShortWrite();
                return true;
            case SyscallKind.Wait when _swarm.Fires(Fault.Interruption, _tape):
                what = new Intervention(Act.Answer, 0, Errno.Interrupted);
                return true;
            case SyscallKind.Accept when _swarm.Fires(Fault.Interruption, _tape):
                what = new Intervention(Act.Answer, 0, Errno.Interrupted);
                return true;
            case SyscallKind.Connect when unix:
                return NextRefusal(out what);
            case SyscallKind.Connect when _swarm.Fires(Fault.Interruption, _tape):
                what = new Intervention(Act.Answer, 0, Errno.Interrupted);
                return true;
            case SyscallKind.Accept when _swarm.Fires(Fault.AcceptError, _tape):
                what = new Intervention(Act.Answer, 0, Pick(unix ? Envelope.AcceptUnix : Envelope.Accept));
                return true;
            case SyscallKind.Open when _swarm.Fires(Fault.CallError, _tape):
                what = new Intervention(Act.Answer, 0, Pick(Envelope.Open));
                return true;
            case SyscallKind.SetOption when _swarm.Fires(Fault.CallError, _tape):
                what = new Intervention(Act.Answer, 0, Pick(Envelope.SetOption));
                return true;
            case SyscallKind.Watch when _swarm.Fires(Fault.WatchError, _tape):
                what = new Intervention(Act.Answer, 0, Pick(Envelope.Watch));
                return true;
            case SyscallKind.Connect when _swarm.Fires(Fault.ConnectOutcome, _tape):
                return NextOutcome(out what);
            case SyscallKind.Close when _swarm.Fires(Fault.CloseError, _tape):
                what = new Intervention(Act.Answer, 0, Pick(Envelope.Close));
                return true;
            case SyscallKind.Shutdown when _swarm.Fires(Fault.CloseError, _tape):
                what = new Intervention(Act.Die, point.Fd, _tape.Chance(128) ? Errno.TimedOut : Errno.HostUnreachable);
                return true;
            default:
                return false;
        }
    }

    private bool NextSplice(int fd, out Intervention what)
    {
        if (_simulation.World.FindSocket(fd) is null)
        {
            what = _swarm.Fires(Fault.ShortWrite, _tape) ? ShortWrite() : default;
            return what.Act != Act.None;
        }

        if (_swarm.Fires(Fault.Splice, _tape))
        {
            what = _tape.Chance(64)
                ? new Intervention(Act.Answer, 0, Pick(Envelope.Splice))
                : new Intervention(Act.Limit, 0, 0);
            return true;
        }

        return NextShortRead(out what);
    }

    private Intervention ShortWrite() =>
        new(
            Act.Limit,
            0,
            _tape.Below(3) switch
            {
                0 => 1,
                1 => 0,
                _ => _tape.LogUniform(64),
            }
        );

    private bool NextShortRead(out Intervention what)
    {
        what = default;
        if (_swarm.Fires(Fault.EarlyEvent, _tape))
        {
            what = new Intervention(Act.Limit, 0, 0);
            return true;
        }

        if (!_swarm.Fires(Fault.ShortRead, _tape))
        {
            return false;
        }

        what = new Intervention(Act.Limit, 0, _tape.Chance(96) ? 1 : _tape.LogUniform(64));
        return true;
    }

    private bool NextRefusal(out Intervention what)
    {
        bool fires = _swarm.Fires(Fault.ConnectOutcome, _tape);
        what = fires ? new Intervention(Act.Answer, 0, Pick(Envelope.ConnectUnix)) : default;
        return fires;
    }

    private bool NextOutcome(out Intervention what)
    {
        what = _tape.Below(5) switch
        {
            0 => new Intervention(Act.AtOnce),
            1 => new Intervention(Act.Answer, 0, Pick(Envelope.Connect)),
            2 => new Intervention(Act.FailLater, 0, Pick(Envelope.ConnectLate)),
            3 => new Intervention(Act.Delay, 0, _tape.LogUniform(6_000)),
            _ => new Intervention(Act.Delay, 0, -1),
        };
        return true;
    }

    /// <summary>What comes out of nowhere.</summary>
    private bool NextBlow(out Intervention what)
    {
        what = default;
        int actors = _simulation.Cast.Actors.Count;
        switch (_tape.Below(10))
        {
            case 0 or 1 when _swarm.Fires(Fault.Reset, _tape):
                what = new Intervention(Act.Reset, _tape.Below(actors));
                return true;
            case 2 when _swarm.Fires(Fault.DeadNetwork, _tape):
                what = new Intervention(
                    Act.Die,
                    3 + _tape.Below(_simulation.World.Descriptors.OpenCount + 2),
                    _tape.Chance(128) ? Errno.TimedOut : Errno.HostUnreachable
                );
                return true;
            case 3 or 4 when _swarm.Fires(Fault.Clog, _tape):
                what = new Intervention(_tape.Chance(160) ? Act.Unclog : Act.Clog, _tape.Below(actors));
                return true;
            case 5 when _swarm.IsEnabled(Fault.Operator) && _tape.Chance(96):
                what = NextCommand();
                return true;
            case 6 when _swarm.Fires(Fault.ConnectOutcome, _tape):
                what = new Intervention(
                    _tape.Chance(160) ? Act.ServerUp : Act.ServerDown,
                    _tape.Below(_simulation.Cast.Servers)
                );
                return true;
            case 7 when _swarm.Fires(Fault.ClockJump, _tape):
                what = new Intervention(Act.Jump, 0, _tape.LogUniform(_tape.Chance(64) ? 3_600_000 : 2_000));
                return true;
            case 8 when _swarm.Fires(Fault.AcceptError, _tape):
                what = new Intervention(Act.Descriptors, 0, _tape.Chance(160) ? 400 : _tape.Below(3));
                return true;
            case 9 when _simulation.Workers.Count > 1 && _tape.Chance(64):
                what = new Intervention(Act.EjectAll, _tape.Below(_simulation.Plan.Backends.Length));
                return true;
            default:
                return false;
        }
    }

    /// <summary>A drain, or a stop. An operator who has no patience sends another one at once, before the loop has taken the first.</summary>
    private Intervention NextCommand()
    {
        _commandFollows = !_commandFollows && _tape.Chance(96);
        return new Intervention(Act.Command, 0, _tape.Chance(88) ? -1 : _tape.LogUniform(500) - 1);
    }

    private bool NextReport(in Point point, out Intervention what)
    {
        what = default;
        if (_asked++ > 0 || !_swarm.Injures)
        {
            return false;
        }

        int reported = point.Fd;
        if (_swarm.Fires(Fault.SpuriousEvent, _tape))
        {
            int fd = 3 + _tape.Below(_simulation.World.Descriptors.OpenCount + 2);
            bool established = _simulation.World.FindSocket(fd) is { IsConnecting: false, IsListening: false };
            Readiness bits = _tape.Chance(128) ? Readiness.Out : Readiness.In;
            what = new Intervention(Act.Report, fd, (long)bits);
            return established;
        }

        if (_swarm.Fires(Fault.StaleEvent, _tape) && _simulation.ClosedTokens.Count is > 0 and int closed)
        {
            ClosedToken old = _simulation.ClosedTokens[_tape.Below(closed)];
            what = new Intervention(Act.Stale, old.Worker, (long)old.Token);
            return old.Worker == point.Worker;
        }

        return _swarm.Fires(Fault.EventVariant, _tape) && NextVariant(reported, out what);
    }

    private bool NextVariant(int reported, out Intervention what)
    {
        int fd = 3 + _tape.Below(_simulation.World.Descriptors.OpenCount + 2);
        if (_simulation.World.FindSocket(fd) is { IsConnecting: true })
        {
            Readiness bits = _tape.Chance(128) ? Readiness.HangUp : Readiness.In | Readiness.ReadHangUp;
            what = new Intervention(Act.Report, fd, (long)bits);
            return true;
        }

        what = new Intervention(Act.Strip, _tape.Below(Math.Max(1, reported)), (long)Readiness.HangUp);
        return reported > 0;
    }

    private int Pick(ReadOnlySpan<int> errors) => errors[_tape.Below(errors.Length)];
}

using Lure.Sim.Entropy;
using Lure.Sim.Faults;
using Lure.Sim.Running;

namespace Lure.Sim.Driving;

/// <summary>Draws from a tape what happens at each call: who acts in between, and which fault the loop is given.</summary>
internal sealed partial class RandomDriver : Driver
{
    private const int StepsMax = 4;
    private const int CrowdSteps = 160;

    private readonly Swarm _swarm;
    private Simulation _simulation = null!;
    private Tape _tape = null!;
    private Point _point;
    private int _asked;
    private int _interleave;
    private int _nest;
    private int _whole;
    private int _laziness;
    private int _chase;
    private bool _commandFollows;

    public RandomDriver(Swarm swarm) => _swarm = swarm;

    public void Begin(Simulation simulation, Tape tape)
    {
        (_simulation, _tape) = (simulation, tape);
        (_point, _asked, _commandFollows) = (default, 0, false);
        bool splits = _swarm.IsEnabled(Fault.SplitEvent);
        _interleave = splits ? tape.LogUniform(96) : 0;
        _nest = tape.Chance(128) ? tape.LogUniform(24) : 0;
        _whole = tape.Chance(96) && _swarm.IsEnabled(Fault.Pace) ? tape.Below(256) : 256;
        _chase = _swarm.IsEnabled(Fault.Pace) && tape.Chance(64) ? tape.LogUniform(240) : 0;
        _laziness = tape.Chance(96) ? tape.LogUniform(64) : 0;
    }

    /// <inheritdoc/>
    public override bool Next(in Point point, out Intervention what)
    {
        if (_point != point)
        {
            (_point, _asked) = (point, 0);
        }

        what = default;
        return point.Moment switch
        {
            Moment.Before => NextAround(point, out what) || NextAnswer(point, out what),
            Moment.After => NextAround(point, out what),
            Moment.Collect => NextOrder(point, out what),
            Moment.Report => NextReport(point, out what),
            _ => NextIdle(out what),
        };
    }

    private bool IsCrowd => _simulation.Plan.Loop.Sessions >= PlanDraw.CrowdSessions;

    private bool NextAround(in Point point, out Intervention what)
    {
        what = default;
        // While the loop is not looking, each of a crowd does something: then all of it is reported at once.
        bool gathers = IsCrowd && point is { Moment: Moment.Before, Kind: SyscallKind.Wait };
        if (_asked >= (gathers ? CrowdSteps : StepsMax))
        {
            return false;
        }

        if (gathers ? _tape.Chance(250) : _interleave > 0 && _tape.Chance(_interleave))
        {
            _asked++;
            what = SomebodyActs();
            return true;
        }

        // Bait: who was just read from has more already.
        bool read = point is { Moment: Moment.After, Kind: SyscallKind.Receive or SyscallKind.Splice } && _asked == 0;
        _asked = CrowdSteps;
        if (read && _chase > 0 && _tape.Chance(_chase) && _simulation.Ledger.PeerAt(point.Fd) is { } peer)
        {
            what = new Intervention(Act.Step, peer.Index, Amount());
            return true;
        }

        if (_nest > 0 && _simulation.Workers.Count > 1 && _tape.Chance(_nest))
        {
            what = new Intervention(Act.Turn, _tape.Below(_simulation.Workers.Count));
            return true;
        }

        if (point.Moment == Moment.After && _commandFollows)
        {
            what = NextCommand();
            return true;
        }

        if (point.Moment == Moment.After && _swarm.Injures && _tape.Chance(6))
        {
            return NextBlow(out what);
        }

        return false;
    }

    private Intervention SomebodyActs()
    {
        int actors = _simulation.Cast.Actors.Count;
        int who = _tape.Below(actors + _simulation.Cast.Servers);
        if (who >= actors)
        {
            return new Intervention(Act.Accept, who - actors);
        }

        return new Intervention(Act.Step, who, Amount());
    }

    private int Amount() =>
        _whole < 256 && _tape.Chance(256 - _whole) ? 1 + _tape.Below(_tape.Chance(128) ? 1 : 64) : 0;

    private bool NextIdle(out Intervention what)
    {
        if (_asked++ > 0)
        {
            what = default;
            return false;
        }

        if (_laziness > 0 && _tape.Chance(_laziness))
        {
            what = new Intervention(Act.Jump, 0, _tape.LogUniform(64));
            return true;
        }

        what = SomebodyActs();
        return true;
    }

    private bool NextOrder(in Point point, out Intervention what)
    {
        what = default;
        if (_asked++ > 0 || !_swarm.Fires(Fault.EventOrder, _tape))
        {
            return false;
        }

        int queued = _simulation.Workers.Kernel(point.Worker).Internals.Epoll.Queued(16);
        if (queued < 2)
        {
            return false;
        }

        what = _tape.Chance(128)
            ? new Intervention(Act.Truncate, 0, 1 + _tape.Below(queued))
            : new Intervention(Act.Order, 0, _tape.Below(queued));
        return true;
    }
}

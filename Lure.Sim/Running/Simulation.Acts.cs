using Lure.Core.Kernel;
using Lure.Sim.Actors;
using Lure.Sim.Driving;
using Lure.Sim.Faults;
using Lure.Sim.Sockets;

namespace Lure.Sim.Running;

/// <content>What a driver can make happen.</content>
internal sealed partial class Simulation
{
    private const long Millisecond = 1_000_000;

    private bool Do(in Point point, Intervention what)
    {
        Ledger.Disturb();
        switch (what.Act)
        {
            case Act.Step:
                return DoStep(point, what);
            case Act.Accept:
                return what.Who < Cast.Servers && Cast.Accept(what.Who) is not null;
            case Act.Turn:
                return TakeTurn(what.Who);
            case Act.FailLater:
                World.Network.NextOutcome = ConnectOutcome.FailsLater((int)what.Value);
                break;
            case Act.AtOnce:
                World.Network.NextOutcome = ConnectOutcome.Immediate;
                break;
            case Act.Delay:
                World.Network.NextOutcome =
                    what.Value < 0 ? ConnectOutcome.Silent : ConnectOutcome.Delayed(what.Value * Millisecond);
                break;
            case Act.Jump:
                World.Advance(what.Value * Millisecond);
                Census.Count(Fault.ClockJump);
                break;
            case Act.Die:
                return Die(what);
            case Act.Command:
                DoCommand(what);
                break;
            case Act.ServerDown:
            case Act.ServerUp:
                Cast.SetListening(what.Who, what.Act == Act.ServerUp);
                break;
            case Act.Descriptors:
                World.Descriptors.Limit = World.Descriptors.LowestFree + (int)what.Value;
                break;
            case Act.EjectAll:
                return EjectAll(what.Who);
            default:
                return DoToPeer(what);
        }

        return true;
    }

    private bool EjectAll(int backend)
    {
        if (
            backend >= Plan.Backends.Length
            || Plan.Backends[backend] is not { EjectAfter: > 0, Servers.Length: > 1 } spec
        )
        {
            return false;
        }

        int first = 0;
        for (int i = 0; i < backend; i++)
        {
            first += Plan.Backends[i].Servers.Length;
        }

        for (int i = 0; i < spec.Servers.Length; i++)
        {
            _workers.Shared.Eject(first + i, World.Now + spec.EjectFor);
        }

        return true;
    }

    private bool DoStep(in Point point, Intervention what)
    {
        if (what.Who >= Cast.Actors.Count)
        {
            return false;
        }

        bool acted = Cast.Act(Cast.Actors[what.Who], what.Value <= 0 ? int.MaxValue : (int)what.Value);
        if (acted && point.Moment != Moment.Idle)
        {
            Census.Count(Fault.SplitEvent);
        }

        if (acted && what.Value > 0)
        {
            Census.Count(Fault.Pace);
        }

        return acted;
    }

    private bool TakeTurn(int worker)
    {
        if (worker >= _workers.Count || _inTurn[worker] || !_workers.IsRunning(worker))
        {
            return false;
        }

        RunTurn(worker);
        Ledger.TakeRecords(worker);
        return true;
    }

    private bool Die(Intervention what)
    {
        // A unix socket dies only with its peer.
        bool alive =
            World.FindSocket(what.Who) is TcpSocket
            {
                State: not (TcpState.Listen or TcpState.Closed or TcpState.SynSent)
            };
        if (!alive)
        {
            return false;
        }

        Ledger.DiedUnheard(what.Who);
        World.FailSocket(what.Who, (int)what.Value);
        return true;
    }

    private void DoCommand(Intervention what)
    {
        Command command =
            what.Value < 0
                ? new Command(CommandKind.Stop, 0)
                : new Command(CommandKind.Drain, World.Now + (what.Value * Millisecond));
        for (int i = 0; i < _workers.Count; i++)
        {
            _workers.Kernel(i).Post(command);
        }
    }

    private bool DoToPeer(Intervention what)
    {
        if (what.Who >= Cast.Actors.Count || Cast.Actors[what.Who] is not { Gone: false, Socket: { } socket } actor)
        {
            return false;
        }

        switch (what.Act)
        {
            case Act.Clog:
                actor.Freeze();
                Census.Count(Fault.Clog);
                break;
            case Act.Unclog:
                actor.Heal();
                break;
            case Act.Reset:
                if (socket.IsConnecting)
                {
                    return false;
                }

                actor.LeaveByReset();
                break;
            default:
                return false;
        }

        return true;
    }

    /// <summary>The first of the peers, from one on, that can do something does it; servers accept like peers.</summary>
    private bool ActAny(int first, int amount, out int acted)
    {
        Ledger.Disturb();
        int actors = Cast.Actors.Count;
        int all = actors + Cast.Servers;
        for (int i = 0; i < all; i++)
        {
            acted = (first + i) % all;
            if (acted >= actors)
            {
                if (Cast.Waiting(acted - actors) > 0 && Cast.Accept(acted - actors) is not null)
                {
                    acted = -1 - (acted - actors);
                    return true;
                }
            }
            else if (Cast.Act(Cast.Actors[acted], amount))
            {
                return true;
            }
        }

        acted = 0;
        return false;
    }
}

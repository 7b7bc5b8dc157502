using System;
using Lure.Core.Backends;
using Lure.Sim.Actors;

namespace Lure.Sim.Running;

/// <content>From chaos to rest: faults stop, what is not stuck finishes in time, what is stuck meets its timers.</content>
internal sealed partial class Simulation
{
    private const int TurnsPerPotential = 4;
    private int _livenessEnds;
    private bool _everybodyHealed;

    private void MaybeNextStage()
    {
        switch (Stage)
        {
            case Stage.Chaos when Calls >= Plan.ChaosCalls || _nothingLeft || IsAllDone(coreOnly: false):
                BeginLiveness();
                break;
            case Stage.Liveness when IsAllDone(coreOnly: true):
                BeginRest();
                break;
            case Stage.Liveness when _turnsAtOnce > _livenessEnds:
                Fail("V19: healed sessions do not finish: " + Ledger.Pending());
                break;
            case Stage.Liveness when _nothingLeft && LiveSessions == 0:
                BeginRest();
                break;
            case Stage.Rest when LiveSessions == 0 && !_everybodyHealed:
                HealEverybody();
                break;
            case Stage.Rest
                when LiveSessions == 0
                    && IsEveryTurnOver()
                    && (_nothingLeft || (IsAllDone(coreOnly: false) && !IsAnyDraining())):
                Stage = Stage.Over;
                break;
            default:
                break;
        }
    }

    /// <summary>Sessions of all workers.</summary>
    public int LiveSessions
    {
        get
        {
            int sum = 0;
            for (int i = 0; i < _workers.Count; i++)
            {
                sum += _workers.Loop(i).Sessions;
            }

            return sum;
        }
    }

    private void BeginLiveness()
    {
        Stage = Stage.Liveness;
        _nothingLeft = false;
        _driver = _calm;
        _driven = _history.Count;
        Cast.WindsDown = true;
        World.Descriptors.Limit = Plan.World.DescriptorLimit;
        for (int server = 0; server < Cast.Servers; server++)
        {
            Cast.SetListening(server, listens: true);
        }

        long potential = 1 + (3 * Ledger.Unread());
        foreach (Actor actor in Cast.Actors)
        {
            potential += Potential(actor);
            if (Plan.SomeStayStuck && IsStuck(actor))
            {
                actor.Freeze();
                continue;
            }

            actor.Heal();
            actor.WindsDown = true;
        }

        TraceStage($"the chaos is over: {potential} steps are left at most");
        _turnsAtOnce = 0;
        _livenessEnds = (int)Math.Min(Patience.Turns, 64 + (TurnsPerPotential * potential));
    }

    /// <summary>A bound of what is left to do: bytes that wait anywhere, and an end each way.</summary>
    private static long Potential(Actor actor) =>
        actor.Gone ? 1
        : actor.Socket is not { } socket ? 8
        : 8 + (3L * (socket.Readable + socket.OnTheWay + (socket.Opposite?.Readable ?? 0)));

    /// <summary>Half of the sessions that are served; a client that waits for a place could not finish without them.</summary>
    private bool IsStuck(Actor actor)
    {
        Actor? client = actor.IsClient ? actor : actor.Partner;
        return client is { Gone: false, IsUnborn: false }
            && Ledger.IsServed(client)
            && (Random64.Mix(Plan.Key + (ulong)client.Index) & 1) == 0;
    }

    private void BeginRest()
    {
        Stage = Stage.Rest;
        _nothingLeft = false;
        // The timers of a relay that is patient are an hour long, those of another one have had their time.
        foreach (Actor actor in Cast.Actors)
        {
            if (actor.Frozen && Plan.Key % 2 == 0 && Plan.Loop.IdleTimeout < 10_000_000_000)
            {
                continue;
            }

            actor.Heal();
            actor.WindsDown = true;
        }
    }

    /// <summary>No session is left: what is still on its way arrives, and everybody reads it.</summary>
    private bool IsAnyDraining()
    {
        for (int i = 0; i < _workers.Count; i++)
        {
            if (Ledger.IsDraining(i))
            {
                return true;
            }
        }

        return false;
    }

    private void HealEverybody()
    {
        (_everybodyHealed, _nothingLeft) = (true, false);
        foreach (Actor actor in Cast.Actors)
        {
            actor.Heal();
            actor.WindsDown = true;
        }
    }

    /// <summary>A connection that its server has not accepted: its program is still to come.</summary>
    private bool IsAnybodyWaiting()
    {
        for (int server = 0; server < Cast.Servers; server++)
        {
            if (Cast.Waiting(server) > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>No loop is in the middle of a turn, or would begin one: it might still accept whom nobody waits for.</summary>
    private bool IsEveryTurnOver()
    {
        for (int i = 0; i < _workers.Count; i++)
        {
            if (_inTurn[i] || (_workers.IsRunning(i) && IsAwake(i)))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsAllDone(bool coreOnly)
    {
        if (!coreOnly && (LiveSessions > 0 || (Stage == Stage.Chaos && IsAnybodyWaiting())))
        {
            return false;
        }

        foreach (Actor actor in Cast.Actors)
        {
            bool excused = actor.Gone || (coreOnly && actor.Frozen) || (actor.IsUnborn && Stage != Stage.Chaos);
            if (!excused && !(coreOnly && !Ledger.IsBeingServed(actor)))
            {
                return false;
            }
        }

        return true;
    }
}

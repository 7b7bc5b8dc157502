using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Core.Records;
using Lure.Sim.Actors;

namespace Lure.Sim.Checking;

/// <content>Checks at the end: everything is given back, everything that was told arrived, and nothing else.</content>
internal sealed partial class Ledger
{
    private const int DescriptorsPerPipe = 2;

    public void CheckEnd()
    {
        long open = 0;
        LoopCounters sum = default;
        for (int i = 0; i < _simulation.Workers.Count; i++)
        {
            TakeRecords(i);
            ILoopInspection loop = _simulation.Workers.Loop(i);
            open += CheckEmpty(i, loop);
            LoopCounters counters = loop.Counters;
            sum.Accepted += counters.Accepted;
            sum.Up += counters.Up;
            sum.Down += counters.Down;
            sum.LostUp += counters.LostUp;
            sum.LostDown += counters.LostDown;
            sum.EndedNormally += counters.EndedNormally;
            sum.EndedByClient += counters.EndedByClient;
            sum.EndedByServer += counters.EndedByServer;
            sum.EndedHere += counters.EndedHere;
            sum.Connects += counters.Connects;
            sum.ConnectFailures += counters.ConnectFailures;
            sum.Ejections += counters.Ejections;
            sum.AllEjected += counters.AllEjected;
            sum.AcceptPauses += counters.AcceptPauses;
        }

        CheckShared();
        CheckDrained();
        if (_simulation.World.Descriptors.OpenCount != open)
        {
            Fail(
                null,
                $"V7: {open} descriptors of listeners and pipes are open, and descriptors {_simulation.World.Descriptors}"
            );
        }

        CheckSums(sum);
        foreach (SessionShadow session in _sessions)
        {
            CheckSessionEnd(session);
        }

        foreach (Actor actor in _simulation.Cast.Actors)
        {
            CheckActor(actor);
        }
    }

    private long CheckEmpty(int worker, ILoopInspection loop)
    {
        if ((loop.Sessions, loop.BlocksInUse, loop.PipesInUse, loop.TimersArmed) != (0, 0, 0, 0))
        {
            Fail(
                null,
                $"V7, V8: worker {worker} keeps {loop.Sessions} sessions, {loop.BlocksInUse} blocks, {loop.PipesInUse} pipes, {loop.TimersArmed} timers: {Pending()}"
            );
        }

        WorkerShadow shadow = _workers[worker];
        (long, long) counted = (loop.Counters.Turns, loop.Counters.Events);
        if (counted != (shadow.Turn, shadow.Reports))
        {
            Fail(
                null,
                $"V16: worker {worker} counts {counted} turns and reports, there were {(shadow.Turn, shadow.Reports)}"
            );
        }

        if (loop.PipesOpen > 0 && !_simulation.Workers.IsRunning(worker))
        {
            Fail(null, $"V7: worker {worker} has ended, and {loop.PipesOpen} pipes are open");
        }

        long open = DescriptorsPerPipe * (long)loop.PipesOpen;
        for (int i = 0; i < loop.ListenersUsed; i++)
        {
            ListenerView listener = loop.Listener(i);
            open += (listener.Shared ? worker > 0 : listener.Closed) ? 0 : 1;
        }

        return open;
    }

    /// <summary>A worker was told to drain, and has not ended yet.</summary>
    public bool IsDraining(int worker) => _workers[worker].Draining && _simulation.Workers.IsRunning(worker);

    /// <summary>V19: who was told to drain, and has nothing left, has ended.</summary>
    private void CheckDrained()
    {
        for (int i = 0; i < _simulation.Workers.Count; i++)
        {
            ILoopInspection loop = _simulation.Workers.Loop(i);
            for (int k = 0; k < loop.ListenersUsed && !_simulation.Workers.IsRunning(i); k++)
            {
                if (!loop.Listener(k).Closed)
                {
                    Fail(null, $"V22: worker {i} has ended, and listener {loop.Listener(k).Number} is open");
                }
            }

            if (IsDraining(i))
            {
                Fail(null, $"V19: worker {i} was told to drain, has no session left, and does not end");
            }
        }
    }

    private void CheckShared()
    {
        var shared = _simulation.Workers.Shared;
        if ((shared.Sessions, shared.Descriptors) != (0, 0))
        {
            Fail(null, $"V16: the process counts {shared.Sessions} sessions, {shared.Descriptors} descriptors");
        }

        for (int i = 0; i < _topology.ServerCount; i++)
        {
            if (shared.ServerSessions(i) != 0)
            {
                Fail(null, $"V16: server {i + 1} is counted {shared.ServerSessions(i)} sessions");
            }
        }

        for (int i = 0; i < _topology.Listeners; i++)
        {
            if (shared.ListenerSessions(i) != 0)
            {
                Fail(null, $"V16: listener {i + 1} is counted {shared.ListenerSessions(i)} sessions");
            }
        }
    }

    private void CheckSums(in LoopCounters sum)
    {
        (long up, long down, long lostUp, long lostDown) = (0, 0, 0, 0);
        foreach (SessionShadow session in _sessions)
        {
            up += session[Side.Client].Read;
            down += session.Record.Down;
            lostUp += session.Record.LostUp;
            lostDown += session.Record.LostDown;
        }

        if ((sum.Accepted, sum.Up, sum.Down) != (_sessions.Count, up, down))
        {
            Fail(null, $"V16: counted {sum.Accepted} {sum.Up} {sum.Down}, there were {_sessions.Count} {up} {down}");
        }

        if ((sum.LostUp, sum.LostDown) != (lostUp, lostDown))
        {
            Fail(null, $"V16: counted as lost {sum.LostUp} {sum.LostDown}, there were {lostUp} {lostDown}");
        }

        if ((sum.Connects, sum.ConnectFailures, sum.Ejections) != (_opens, _failures, _ejections))
        {
            Fail(
                null,
                $"V16: counted {sum.Connects} attempts, {sum.ConnectFailures} failures, {sum.Ejections} ejections, there were {_opens} {_failures} {_ejections}"
            );
        }

        if ((sum.AllEjected, sum.AcceptPauses) != (_allEjected, _pauses))
        {
            Fail(
                null,
                $"V16: counted {sum.AllEjected} times all were left out, {sum.AcceptPauses} pauses, there were {_allEjected} {_pauses}"
            );
        }

        (long, long, long, long) counted = (sum.EndedNormally, sum.EndedByClient, sum.EndedByServer, sum.EndedHere);
        if (counted != (_ends[0], _ends[1], _ends[2], _ends[3]))
        {
            Fail(null, $"V16: ends are counted as {counted}, there were {string.Join(' ', _ends)}");
        }
    }

    private void CheckSessionEnd(SessionShadow session)
    {
        if (!session.Recorded)
        {
            Fail(session, "V19: it never ended");
        }

        Actor? server = session.Record.ConnectedAt == 0 ? null : ServerOf(session);
        for (int i = 0; i < session.Attempts.Count; i++)
        {
            Actor? attempt = _attempts[session.Attempts[i]].Server;
            if (attempt is not null && attempt != server)
            {
                CheckAbandoned(session, attempt);
            }
        }

        CheckArrival(session, Side.Server, session.Record.Up, session.Record.LostUp, server);
        CheckArrival(session, Side.Client, session.Record.Down, session.Record.LostDown, session.Client);
        CheckSeen(session, Side.Client, session.Record.ClientOut, session.Client!);
        if (server is not null)
        {
            CheckSeen(session, Side.Server, session.Record.ServerOut, server);
        }

        bool whole = session.Record.Who == '-';
        if (whole && session.Record.Up != session.Client!.Sent)
        {
            Fail(
                session,
                $"V4: {session.Client.Sent} bytes were sent before the FIN, {session.Record.Up} were relayed"
            );
        }

        if (whole && server is not null && session.Record.Down != server.Sent)
        {
            Fail(
                session,
                $"V4: {server.Sent} bytes were sent before the server's FIN, {session.Record.Down} were relayed"
            );
        }
    }

    private void CheckAbandoned(SessionShadow session, Actor attempt)
    {
        if (attempt.Arrived > 0)
        {
            Fail(session, $"V1: {attempt.Arrived} bytes went to {Naming.Of(attempt)}, an attempt that was given up");
        }

        if (attempt.SawEnd == PeerEnd.Fin && !session.ResetRefused)
        {
            Fail(session, $"V5: {Naming.Of(attempt)}, an attempt that was given up, saw a whole stream");
        }
    }

    /// <summary>What did not get lost arrived, and what was counted as lost did not.</summary>
    private void CheckArrival(SessionShadow session, Side target, long received, long lost, Actor? to)
    {
        bool exact = (session[target].Settled || session[target].IsUnix) && !session[target].ResetRefused;
        if (to is null)
        {
            return; // what a server's kernel had for it went with the queue of a server that was stopped
        }

        bool silent = to.Gone || session[target].DiedUnheard;
        if (session.Record.Who == '-' && silent)
        {
            // Both FINs were passed on, and then the peer closed without reading, or the path to it broke: nobody tells.
            lost = received;
            exact = false;
        }

        long arrived = to.Arrived;
        bool holds = arrived <= received && (arrived >= received - lost) && (!exact || arrived == received - lost);
        if (!holds)
        {
            Fail(session, $"V23: of {received} bytes for the {target} {lost} are said to be lost, {arrived} arrived");
        }
    }

    /// <summary>V5: the end that a peer saw is the one that the record says was sent.</summary>
    private void CheckSeen(SessionShadow session, Side side, EndKind sent, Actor peer)
    {
        SideShadow shadow = session[side];
        if (peer.Gone && peer.SawEnd == PeerEnd.None)
        {
            return; // it left before
        }

        if (shadow.DiedUnheard || shadow.ResetRefused)
        {
            return;
        }

        // A FIN that was still on its way is overtaken by the reset that gives it up.
        bool overtaken = shadow.Resets && shadow.Unacknowledged > 0;
        bool asSaid = sent switch
        {
            EndKind.Fin => peer.SawEnd == PeerEnd.Fin || (overtaken && peer.SawEnd == PeerEnd.Reset),
            EndKind.Reset => peer.SawEnd == PeerEnd.Reset || (shadow.IsUnix && peer.SawEnd == PeerEnd.Fin),
            _ => true,
        };
        if (!asSaid)
        {
            Fail(session, $"V5: the {side} was sent {sent}, and saw {peer.SawEnd}");
        }
    }

    /// <summary>What the loop wrote was right; so what came out wrong went wrong in the fake kernel.</summary>
    private void CheckActor(Actor actor)
    {
        if (actor.WrongAt >= 0)
        {
            Fail(
                null,
                $"the fake kernel: byte {actor.WrongAt} that {Naming.Of(actor)} read is not what was sent to it"
            );
        }
    }
}

using System;
using Lure.Core.Backends;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Sim.Faults;
using Lure.Sim.Sockets;
using Lure.Sim.Workers;

namespace Lure.Sim.Checking;

/// <content>Checks at each wait: what the loop leaves behind before it sleeps.</content>
internal sealed partial class Ledger
{
    private const int RepeatsMax = 4;
    private const long Tick = 1_000_000;
    private const ConnectionFlags Lasting =
        ConnectionFlags.Eof | ConnectionFlags.Dead | ConnectionFlags.ReadDone | ConnectionFlags.FinSent;

    public void BeforeWait(int worker)
    {
        ILoopInspection loop = _simulation.Workers.Loop(worker);
        WorkerShadow shadow = _workers[worker];
        shadow.Turn++;
        shadow.OpenFailed = false;
        bool sleeps = loop.WakesAt > Now;
        int sessions = 0;
        ulong hash = 0;
        for (int slot = 0; slot < loop.SlotsUsed; slot++)
        {
            if (!loop.TryInspect(slot, out SessionView view))
            {
                continue;
            }

            sessions++;
            hash = Random64.Mix(hash ^ (ulong)view.Flags ^ ((ulong)view.WaitingUp << 20) ^ (ulong)view.WaitingDown);
            if (Find(view.ClientFd, out _) is not { } session)
            {
                Fail(null, $"V7: slot {slot} holds descriptor {view.ClientFd}, which was not accepted for it");
                return;
            }

            CheckSession(worker, loop, session, view, sleeps);
        }

        if (sessions != loop.Sessions)
        {
            Fail(null, $"V8: {loop.Sessions} sessions are counted, {sessions} slots are used");
        }

        CheckBlocks(loop);
        CheckListeners(worker, loop);
        CheckBusy(shadow, loop, hash);
    }

    public void TimeRead(int worker) => _workers[worker].Now = Now;

    public void Reported(int worker, ReadOnlySpan<KernelEvent> events) =>
        _workers[worker].WasFull = events.Length >= _simulation.Plan.Loop.EventsPerTurn;

    private void AfterWait(int worker, int result)
    {
        WorkerShadow shadow = _workers[worker];
        (shadow.Collecting, shadow.Kills) = (true, shadow.Stopped);
        shadow.WasFull &= result > 0;
        if (result == -Errno.Interrupted)
        {
            Census(Fault.Interruption);
        }
    }

    private void AfterCommand(int worker, CommandKind kind, long deadline, int taken)
    {
        WorkerShadow shadow = _workers[worker];
        if (taken == 0)
        {
            shadow.Kills |= shadow.Now >= shadow.DrainDeadline;
            if (shadow.Now >= shadow.DrainDeadline)
            {
                shadow.DrainDeadline = long.MaxValue;
            }

            return;
        }

        Census(Fault.Operator);
        shadow.Draining = true;
        shadow.PausedUntil.Clear(); // who drains asks each queue once more
        if (kind == CommandKind.Stop)
        {
            (shadow.Stopped, shadow.Kills, shadow.DrainDeadline) = (true, true, long.MaxValue);
        }
        else if (!shadow.Stopped)
        {
            shadow.DrainDeadline = deadline;
        }
    }

    private void CheckSession(int worker, ILoopInspection loop, SessionShadow session, in SessionView view, bool sleeps)
    {
        (session.Slot, session.Generation, session.Id) = (view.Slot, view.Generation, view.Id);
        session[Side.Client].ReadInTurn = 0;
        session[Side.Server].ReadInTurn = 0;
        CheckKept(session, view, Side.Client);
        CheckKept(session, view, Side.Server);
        CheckFlags(session, view);
        CheckWatched(worker, session, view, Side.Client, ConnectionFlags.WatchClientDue);
        CheckWatched(worker, session, view, Side.Server, ConnectionFlags.WatchServerDue);
        CheckTimer(worker, loop, session, view);
        FakeWorker epoll = _simulation.Workers.Kernel(worker).Internals;
        if (sleeps)
        {
            CheckAsleep(session, view, epoll, Side.Client);
            CheckAsleep(session, view, epoll, Side.Server);
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
    private void CheckWatched(int worker, SessionShadow session, in SessionView view, Side side, ConnectionFlags due)
    {
        if (!view.Flags.Has(ConnectionFlags.Open, side) || view.Flags.Has(due) || session.Who == 'R')
        {
            return;
        }

        FakeWorker epoll = _simulation.Workers.Kernel(worker).Internals;
        int fd = view.Fd(side);
        if (epoll.InterestOf(fd) != Interest.Connection)
        {
            Fail(session, $"V10: the {side} is watched for {epoll.InterestOf(fd)?.ToString() ?? "nothing"}");
        }

        if (epoll.TokenOf(fd) != Token.ForSession(view.Slot, view.Generation, side))
        {
            Fail(session, $"V10: the {side} reports itself as {epoll.TokenOf(fd):x}");
        }
    }

    /// <summary>V14: every session has a timer, the loop wakes for it, and none was passed over.</summary>
    private void CheckTimer(int worker, ILoopInspection loop, SessionShadow session, in SessionView view)
    {
        WorkerShadow shadow = _workers[worker];
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
        else if (view.TimerDue != session.TimerDue)
        {
            (session.TimerDue, session.TimerSeenAt) = (view.TimerDue, shadow.Now);
        }
        else if (!shadow.WasFull && shadow.Now >= Math.Max(view.TimerDue, session.TimerSeenAt) + Tick)
        {
            Fail(session, $"V14: a timer was passed over {shadow.Now - view.TimerDue} ns ago");
        }
    }

    /// <summary>V11: who sleeps has nothing that could be done, unless a report of it is on its way.</summary>
    private void CheckAsleep(SessionShadow session, in SessionView view, FakeWorker epoll, Side source)
    {
        ConnectionFlags flags = view.Flags;
        Side target = source.Other();
        if (
            flags.Has(ConnectionFlags.Open, source)
            && !epoll.IsQueued(view.Fd(source))
            && IsWatched(view, epoll, source)
        )
        {
            Readiness poll = _simulation.World.FindSocket(view.Fd(source))!.Poll();
            const Readiness worthReading = Readiness.In | Readiness.ReadHangUp | Readiness.HangUp | Readiness.Error;
            bool connecting = flags.Phase() == Phase.Connecting;
            bool wanted = flags.Phase() == Phase.Relaying || (connecting && source == Side.Client);
            if (wanted && (poll & worthReading) != 0 && !session[source].ReadOver && session.Waiting(source) == 0)
            {
                Fail(session, $"V11: it sleeps, but the {source} can be read ({poll})");
            }

            bool answered = connecting && source == Side.Server && !IsConnecting(view.Fd(source));
            if (answered)
            {
                Fail(session, $"V11: it sleeps, but the server has answered ({poll})");
            }

            bool writes = flags.Phase() is Phase.Relaying or Phase.Lingering && !session[source].WriteOver;
            if (writes && session.Waiting(target) > 0 && (poll & Readiness.Out) != 0)
            {
                Fail(session, $"V11: it sleeps, but the {source} takes some of {session.Waiting(target)} bytes");
            }
        }

        bool finDue =
            flags.Phase() == Phase.Relaying
            && session[source].Finished
            && session.Waiting(source) == 0
            && !session[target].FinSent
            && session[target].Error == 0;
        if (finDue)
        {
            Fail(session, $"V11: it sleeps, but the FIN of the {source} is not passed on");
        }
    }

    private static bool IsWatched(in SessionView view, FakeWorker epoll, Side side) =>
        epoll.TokenOf(view.Fd(side)) is not null;

    private bool IsConnecting(int fd) => _simulation.World.FindSocket(fd) is { State: TcpState.SynSent };

    /// <summary>V8, X28: a block that nobody owns holds junk; one that is owned has one owner.</summary>
    private unsafe void CheckBlocks(ILoopInspection loop)
    {
        int used = 0;
        for (int block = 1; block <= loop.BlocksUsed; block++)
        {
            int owner = loop.BlockOwner(block);
            if (owner != 0)
            {
                used++;
                continue;
            }

            byte* bytes = loop.BlockBytes(block, out int length);
            new Span<byte>(bytes, Math.Min(length, 64)).Fill(0xDD);
        }

        if (used != loop.BlocksInUse)
        {
            Fail(null, $"V8: {loop.BlocksInUse} blocks are counted as used, {used} have an owner");
        }
    }

    private void CheckListeners(int worker, ILoopInspection loop)
    {
        FakeWorker epoll = _simulation.Workers.Kernel(worker).Internals;
        for (int i = 0; i < loop.ListenersUsed; i++)
        {
            ListenerView listener = loop.Listener(i);
            if (listener.Closed)
            {
                continue;
            }

            bool watched = epoll.TokenOf(listener.Fd) is not null;
            if (watched != listener.Watched)
            {
                Fail(null, $"V10: listener {listener.Number} is {(watched ? "" : "not ")}watched");
            }

            if (!watched && listener.ResumeAt > Now && loop.WakesAt > listener.ResumeAt)
            {
                Fail(null, $"V18: the loop sleeps, and listener {listener.Number} stays masked");
            }

            if (!watched && listener.ResumeAt <= Now && loop.WakesAt > Now)
            {
                Fail(null, $"V18: listener {listener.Number} could be watched again, and is not");
            }
        }
    }

    /// <summary>V12: a loop that turns without sleeping changes something.</summary>
    private void CheckBusy(WorkerShadow shadow, ILoopInspection loop, ulong hash)
    {
        LoopCounters counters = loop.Counters;
        hash = Random64.Mix(hash ^ (ulong)(counters.Up + (counters.Down << 1)) ^ ((ulong)counters.Accepted << 40));
        hash = Random64.Mix(hash ^ (ulong)counters.Connects ^ ((ulong)_simulation.Events << 20) ^ (ulong)Now);
        hash = Random64.Mix(hash ^ (ulong)loop.TimersArmed ^ (ulong)_simulation.World.Descriptors.OpenCount);
        shadow.StateRepeats = hash == shadow.StateHash ? shadow.StateRepeats + 1 : 0;
        shadow.StateHash = hash;
        if (shadow.StateRepeats > RepeatsMax)
        {
            Fail(null, $"V12: {shadow.StateRepeats} turns in a row change nothing: {Pending()}");
        }
    }
}

using System;
using Lure.Core.Backends;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Sim.Faults;
using Lure.Sim.Polling;
using Lure.Sim.Workers;

namespace Lure.Sim.Checking;

/// <content>Checks at each wait: what the loop leaves behind before it sleeps.</content>
internal sealed partial class Ledger
{
    private const int RepeatsMax = 4;

    public void BeforeWait(int worker)
    {
        ILoopInspection loop = _simulation.Workers.Loop(worker);
        WorkerShadow shadow = _workers[worker];
        NoteAnswers(shadow);
        shadow.Turn++;
        shadow.OpenFailed = false;
        shadow.WakesAt = loop.WakesAt;
        bool sleeps = loop.WakesAt > Now;
        int sessions = 0;
        long nextTimer = long.MaxValue;
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

            CheckSession(shadow, loop, session, view, sleeps);
            nextTimer = view.TimerDue < nextTimer ? view.TimerDue : nextTimer;
        }

        if (sessions != loop.Sessions)
        {
            Fail(null, $"V8: {loop.Sessions} sessions are counted, {sessions} slots are used");
        }

        shadow.NextTimer = nextTimer;
        CheckBlocks(loop);
        CheckPipes(loop);
        CheckListeners(worker, loop);
        CheckOperator(shadow, loop);
        if (loop.Counters.StaleEvents != shadow.StaleReports)
        {
            Fail(
                null,
                $"V6: {shadow.StaleReports} reports were for sessions that are gone, {loop.Counters.StaleEvents} were known as such"
            );
        }

        CheckBusy(shadow, loop, hash);
    }

    public void TimeRead(int worker) => _workers[worker].Now = Now;

    public void Reported(int worker, ReadOnlySpan<KernelEvent> events)
    {
        WorkerShadow shadow = _workers[worker];
        shadow.WasFull = events.Length >= _simulation.Plan.Loop.EventsPerTurn;
        foreach (KernelEvent reported in events)
        {
            // A listener reports itself as long as somebody waits; an edge is told once.
            Token token = new(reported.Token);
            shadow.Edges += token.IsListener ? 0 : 1;
            if ((reported.Readiness & Readiness.Urgent) != 0)
            {
                Census(Fault.Urgent);
            }

            if (!token.IsListener)
            {
                NoteReport(worker, token, reported.Readiness);
            }
        }
    }

    /// <summary>Remembers what a timer that comes due in the same turn has to wait for.</summary>
    private void NoteReport(int worker, Token token, Readiness readiness)
    {
        bool known = _simulation.Workers.Loop(worker).TryInspect(token.Index, out SessionView view);
        if (!known || view.Generation != token.Generation)
        {
            _workers[worker].StaleReports++;
            return;
        }

        if (Find(view.ClientFd, out _) is not { } session)
        {
            return;
        }

        session.Occasions++;
        Side source = token.Side;
        session[source].IsEmpty &= (readiness & ~Readiness.Out) == 0;
        session[source].IsStuffed &= (readiness & Readiness.Out) == 0;
        bool connecting = view.Flags.Phase() == Phase.Connecting;
        bool readable = (readiness & ~Readiness.Out) != 0 && !session[source].ReadOver && session.Waiting(source) == 0;
        bool writable = (readiness & Readiness.Out) != 0 && session.Waiting(source.Other()) > 0;
        if (connecting ? source == Side.Server : readable || writable)
        {
            session.ReportTurn = _workers[worker].Turn;
        }

        if (connecting && source == Side.Server && (readiness & ~Readiness.In) == Readiness.Out)
        {
            session.Answers = true;
            _workers[worker].Answers.Add(session);
        }
    }

    private void AfterWait(int worker, long deadline, int result)
    {
        WorkerShadow shadow = _workers[worker];
        // One that never sleeps is found by what it does not do (V12).
        if (deadline != 0 && deadline != shadow.WakesAt)
        {
            Fail(null, $"V14: the loop waits until {deadline}, its next deadline is {shadow.WakesAt}");
        }

        (shadow.Collecting, shadow.Kills) = (true, shadow.Stopped);
        shadow.WasFull &= result > 0;
        shadow.Reports += result > 0 ? result : 0;
        shadow.WasInterrupted = result < 0;
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

            EpollItem? item = epoll.ItemOf(listener.Fd);
            bool watched = item is not null;
            Interest expected = listener.Shared ? Interest.SharedListener : Interest.Listener;
            if (item is not null && (item.Interest, item.Token) != (expected, Token.ForListener(i)))
            {
                Fail(null, $"V10: listener {listener.Number} is watched for {item.Interest}, as {item.Token:x}");
            }

            if (watched != listener.Watched)
            {
                Fail(null, $"V10: listener {listener.Number} is {(watched ? "" : "not ")}watched");
            }

            if (!watched && listener.ResumeAt > Now && loop.WakesAt > listener.ResumeAt)
            {
                Fail(null, $"V18: the loop sleeps, and listener {listener.Number} stays masked");
            }

            bool faultless =
                IsAlone && _simulation.Census[Fault.WatchError] == 0 && _simulation.Census[Fault.AcceptError] == 0;
            bool hasPlace = loop.Sessions < _simulation.Plan.Loop.Sessions && _clientsOpen < _simulation.Plan.Places;
            if (!watched && faultless && hasPlace && loop.WakesAt > Now)
            {
                Fail(null, $"V18: there is a place, and listener {listener.Number} waits for its timer");
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
        hash = Random64.Mix(
            hash
                ^ (ulong)loop.TimersArmed
                ^ ((ulong)shadow.Edges << 24)
                ^ (ulong)_simulation.World.Descriptors.OpenCount
        );
        shadow.StateRepeats = hash == shadow.StateHash ? shadow.StateRepeats + 1 : 0;
        shadow.StateHash = hash;
        if (shadow.StateRepeats > RepeatsMax)
        {
            Fail(null, $"V12: {shadow.StateRepeats} turns in a row change nothing: {Pending()}");
        }
    }
}

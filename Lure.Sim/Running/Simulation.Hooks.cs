using System;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Sim.Actors;
using Lure.Sim.Driving;
using Lure.Sim.Faults;
using Lure.Sim.Polling;
using Lure.Sim.Sockets;

namespace Lure.Sim.Running;

/// <content>What happens at the calls of the loops.</content>
internal sealed partial class Simulation
{
    /// <inheritdoc/>
    public override int BeforeCall(int worker, SyscallKind kind, int fd, ref int limit)
    {
        if (kind is SyscallKind.TakeCommand or SyscallKind.Notify)
        {
            return 0;
        }

        Calls++;
        (_callOf[worker], _roundOf[worker]) = (Calls, 0);
        CheckTurnEnds(kind);
        Ledger.Before(worker, kind, fd);
        _limit = int.MaxValue;
        int answer = 0;
        Ask(new Point(Calls, Moment.Before, worker, kind, fd), ref limit, ref answer);
        if (kind == SyscallKind.Wait)
        {
            if (LiveSessions >= Plan.Places)
            {
                Census.Count(Fault.Exhaustion);
            }

            Drift();
            World.SettleDown();
            Ledger.BeforeWait(worker);
        }

        return answer;
    }

    /// <inheritdoc/>
    public override void AfterCall(int worker, SyscallKind kind, int fd, long argument, int result)
    {
        LastResult = result;
        Cover(kind, fd, argument, result);
        TraceCall(worker, kind, fd, argument, result);
        Ledger.After(worker, kind, fd, argument, result);
        if (kind is SyscallKind.TakeCommand or SyscallKind.Notify)
        {
            return;
        }

        int limit = 0;
        int answer = 0;
        Ask(new Point(_callOf[worker], Moment.After, worker, kind, fd), ref limit, ref answer);
    }

    /// <inheritdoc/>
    public override void TimeRead(int worker) => Ledger.TimeRead(worker);

    /// <inheritdoc/>
    public override void Received(int worker, in Operation operation, int result) =>
        Ledger.Received(worker, operation, result, _limit);

    /// <inheritdoc/>
    public override void Sending(int worker, in Operation operation) => Ledger.Sending(worker, operation);

    /// <inheritdoc/>
    public override void Sent(int worker, in Operation operation, int result) => Ledger.Sent(operation, result);

    /// <inheritdoc/>
    public override int BeforeCollect(int worker, Epoll epoll, int max)
    {
        Point point = new(_callOf[worker], Moment.Collect, worker, SyscallKind.Wait, -1, _roundOf[worker]);
        while (_driver.Next(point, out Intervention what))
        {
            Note(point, what);
            TraceHappening(point, what);
            if (what.Act == Act.Order)
            {
                epoll.BringForward((int)what.Value);
                Census.Count(Fault.EventOrder);
            }
            else if (what.Act == Act.Truncate && what.Value < max)
            {
                max = Math.Max(1, (int)what.Value);
                Census.Count(Fault.EventOrder);
            }
        }

        return max;
    }

    /// <inheritdoc/>
    public override int Reporting(int worker, Span<KernelEvent> events, int count)
    {
        Point point = new(_callOf[worker], Moment.Report, worker, SyscallKind.Wait, count, _roundOf[worker]);
        while (_driver.Next(point, out Intervention what))
        {
            Note(point, what);
            TraceHappening(point, what);
            switch (what.Act)
            {
                case Act.Report
                    when count < events.Length
                        && _workers.Kernel(worker).Internals.ItemOf(what.Who) is { Token: var token }:
                    events[count++] = new KernelEvent { Readiness = (Readiness)what.Value, Token = token };
                    Census.Count(IsConnecting(what.Who) ? Fault.EventVariant : Fault.SpuriousEvent);
                    break;
                case Act.Stale when count < events.Length:
                    events[count++] = Old((ulong)what.Value);
                    if (count < events.Length && IsUsedAgain(worker, (ulong)what.Value, out ulong older))
                    {
                        events[count++] = Old(older);
                    }

                    Census.Count(Fault.StaleEvent);
                    break;
                case Act.Strip when what.Who < count && !IsUnix(worker, new Token(events[what.Who].Token)):
                    events[what.Who].Readiness &= ~(Readiness)what.Value;
                    Census.Count(Fault.EventVariant);
                    break;
                default:
                    break;
            }
        }

        TraceReports(worker, events[..count]);
        Ledger.Reported(worker, events[..count]);
        return count;
    }

    /// <inheritdoc/>
    public override bool Idle(int worker, long deadline, out bool interrupted)
    {
        interrupted = false;
        if (_roundOf[worker] >= Patience.RoundsPerWait)
        {
            Fail("V19: it does not come to an end: " + Ledger.Pending());
        }

        MaybeNextStage();
        Drift();
        if (_workers.Kernel(worker).HasEvents)
        {
            return true;
        }

        int limit = 0;
        int answer = 0;
        Point point = new(_callOf[worker], Moment.Idle, worker, SyscallKind.Wait, -1, ++_roundOf[worker]);
        bool asked = _driver.Next(point, out Intervention what);
        if (asked && Apply(point, what, ref limit, ref answer))
        {
            return true;
        }

        if (ActAny(asked && what.Act == Act.Step ? what.Who : 0, int.MaxValue, out int acted))
        {
            Intervention done = acted < 0 ? new(Act.Accept, -1 - acted) : new(Act.Step, acted);
            Note(point, done);
            TraceHappening(point, done);
            return true;
        }

        if (TurnOfAnother(worker))
        {
            return true;
        }

        interrupted = IsNested(worker);
        if (interrupted || SleepOn(deadline))
        {
            return true;
        }

        _nothingLeft = deadline == long.MaxValue;
        return false;
    }

    private void Cover(SyscallKind kind, int fd, long argument, int result)
    {
        if (Coverage is not { } coverage)
        {
            return;
        }

        coverage.CountCall(kind, argument, result);
        // A splice into a socket names the pipe first.
        bool known = Ledger.TryView(fd, out SessionView view, out Side side);
        if (known || (kind == SyscallKind.Splice && Ledger.TryView((int)(argument >> 32), out view, out side)))
        {
            coverage.CountAnswer(view, side, Plan.Loop.BlockBytes, kind, argument, result);
        }
    }

    /// <summary>V12: a turn that goes on for ever would never reach the wait that looks for it.</summary>
    private void CheckTurnEnds(SyscallKind kind)
    {
        _callsInTurn = kind == SyscallKind.Wait ? 0 : _callsInTurn + 1;
        if (_callsInTurn > Patience.CallsPerTurn)
        {
            Fail($"V12: {_callsInTurn} calls without a wait: {Ledger.Pending()}");
        }
    }

    /// <summary>A turn takes time, and so does sleep; not where it would hide that nothing moves.</summary>
    private void Drift()
    {
        if (Stage == Stage.Chaos)
        {
            World.Advance(Plan.Drift);
        }
    }

    private void Ask(in Point point, ref int limit, ref int answer)
    {
        while (_driver.Next(point, out Intervention what))
        {
            Apply(point, what, ref limit, ref answer);
        }
    }

    /// <summary>
    /// Lets time pass to the next thing that is due before a deadline: something scheduled, a peer's
    /// pause, another worker's timer.
    /// </summary>
    private bool SleepOn(long deadline)
    {
        long next = World.NextScheduled;
        foreach (Actor actor in Cast.Actors)
        {
            bool sleeps = !actor.Frozen && !actor.Gone && actor.SleepsUntil > World.Now;
            next = sleeps && actor.SleepsUntil < next ? actor.SleepsUntil : next;
        }

        for (int i = 0; i < _workers.Count; i++)
        {
            long wakes = _workers.IsRunning(i) && !_inTurn[i] ? _workers.Loop(i).WakesAt : long.MaxValue;
            next = wakes < next ? wakes : next;
        }

        if (next >= deadline || next == long.MaxValue)
        {
            return false;
        }

        World.Advance(Math.Max(0, next - World.Now));
        return true;
    }

    private bool TurnOfAnother(int worker)
    {
        for (int i = 1; i < _workers.Count; i++)
        {
            int other = (worker + i) % _workers.Count;
            if (_workers.IsRunning(other) && !_inTurn[other] && IsAwake(other))
            {
                RunTurn(other);
                Ledger.TakeRecords(other);
                return true;
            }
        }

        return false;
    }

    /// <summary>A worker that takes its turn inside a call of another must not sleep there: a signal ends its wait.</summary>
    private bool IsNested(int worker)
    {
        for (int i = 0; i < _workers.Count; i++)
        {
            if (i != worker && _inTurn[i])
            {
                return true;
            }
        }

        return false;
    }

    private static KernelEvent Old(ulong token) =>
        new() { Readiness = Readiness.In | Readiness.Out | Readiness.HangUp, Token = token };

    /// <summary>
    /// Whether the slot of a token has another session now, and that one's token as it was some power of two of
    /// sessions ago: a generation is compared whole, or what wrapped comes back.
    /// </summary>
    private bool IsUsedAgain(int worker, ulong token, out ulong older)
    {
        Token closed = new(token);
        bool used = _workers.Loop(worker).TryInspect(closed.Index, out SessionView view);
        uint back = 1u << (int)(Calls % 32);
        older = Token.ForSession(closed.Index, view.Generation - back, closed.Side);
        return used;
    }

    private bool IsConnecting(int fd) => World.FindSocket(fd) is { IsConnecting: true };

    /// <summary>Whose reports no kernel varies: what a unix socket is told comes without a network.</summary>
    private bool IsUnix(int worker, Token token) =>
        !token.IsListener
        && _workers.Loop(worker).TryInspect(token.Index, out SessionView view)
        && World.FindSocket(view.Fd(token.Side)) is UnixSocket;
}

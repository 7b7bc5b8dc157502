using System;
using System.Collections.Generic;

namespace Lure.Sim;

/// <summary>Virtual time, and what is to happen at which time.</summary>
internal sealed class Clock
{
    // The second half of the key keeps what is due at one time in the order of its scheduling:
    // PriorityQueue alone promises no order among equals.
    private readonly PriorityQueue<Entry, (long Time, long Order)> _scheduled = new();
    private long _order;

    public Clock(long start) => Reset(start);

    /// <summary>ns.</summary>
    public long Now { get; private set; }

    /// <summary>When the next action is due, <see cref="long.MaxValue"/> when there is none.</summary>
    public long NextDue { get; private set; }

    public void Schedule(long time, Action action) => Schedule(time, new Entry(action, null, 0));

    public void Schedule(long time, ITimerTarget target, long ticket) =>
        Schedule(time, new Entry(null, target, ticket));

    public void RunDue()
    {
        while (NextDue <= Now)
        {
            Entry entry = _scheduled.Dequeue();
            FindNext();
            entry.Target?.TimerIsDue(entry.Ticket);
            entry.Action?.Invoke();
        }
    }

    /// <summary>Moves on to a time and runs what is due on the way, each at its own time.</summary>
    public void AdvanceTo(long time)
    {
        while (NextDue <= time)
        {
            Now = Math.Max(Now, NextDue);
            RunDue();
        }

        Now = Math.Max(Now, time);
    }

    /// <summary>Forgets what was scheduled and begins again.</summary>
    public void Reset(long start)
    {
        _scheduled.Clear();
        _order = 0;
        Now = start;
        NextDue = long.MaxValue;
    }

    private void Schedule(long time, Entry entry)
    {
        _scheduled.Enqueue(entry, (Math.Max(time, Now), _order++));
        FindNext();
    }

    private void FindNext() =>
        NextDue = _scheduled.TryPeek(out _, out (long Time, long Order) key) ? key.Time : long.MaxValue;

    private readonly record struct Entry(Action? Action, ITimerTarget? Target, long Ticket);
}

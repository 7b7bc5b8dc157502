using System;
using System.Collections.Generic;

namespace Lure.Sim;

/// <summary>Virtual time, and what is to happen at which time.</summary>
internal sealed class Clock(long start)
{
    // The second half of the key keeps what is due at one time in the order of its scheduling:
    // PriorityQueue alone promises no order among equals.
    private readonly PriorityQueue<Action, (long Time, long Order)> _scheduled = new();
    private long _order;

    /// <summary>ns.</summary>
    public long Now { get; private set; } = start;

    /// <summary>When the next action is due, <see cref="long.MaxValue"/> when there is none.</summary>
    public long NextDue => _scheduled.TryPeek(out _, out (long Time, long Order) key) ? key.Time : long.MaxValue;

    public void Schedule(long time, Action action) => _scheduled.Enqueue(action, (Math.Max(time, Now), _order++));

    public void RunDue()
    {
        while (NextDue <= Now)
        {
            _scheduled.Dequeue()();
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
}

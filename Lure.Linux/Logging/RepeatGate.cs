using System;
using Lure.Core.Records;

namespace Lure.Linux.Logging;

/// <summary>
/// Lets the first of a repeated event through at once and then one in ten seconds, with the number
/// of those in between: a relay that runs out of descriptors does so thousands of times a second.
/// </summary>
/// <param name="subjects">Things that an event can be about; each is counted for itself.</param>
internal sealed class RepeatGate(int subjects)
{
    /// <summary>ns.</summary>
    public const long Window = 10_000_000_000;

    private readonly LoopRecord[] _last = new LoopRecord[subjects];
    private readonly long[] _held = new long[subjects];
    private readonly long[] _opensAt = FilledWith(long.MinValue, subjects);

    /// <summary>Monotonic ns when the first of the held events may be told; <see cref="long.MaxValue"/> when none is held.</summary>
    public long NextDue
    {
        get
        {
            long next = long.MaxValue;
            for (int subject = 0; subject < _held.Length; subject++)
            {
                if (_held[subject] > 0)
                {
                    next = Math.Min(next, _opensAt[subject]);
                }
            }

            return next;
        }
    }

    /// <summary>Counts an event.</summary>
    /// <param name="subject">What it is about: 0 to the number of subjects, exclusive.</param>
    /// <param name="record">The event.</param>
    /// <param name="now">Monotonic ns.</param>
    /// <param name="count">How often it happened.</param>
    public void Add(int subject, in LoopRecord record, long now, long count = 1)
    {
        _last[subject] = record;
        _held[subject] += count;
        if (_opensAt[subject] <= now)
        {
            _opensAt[subject] = now;
        }
    }

    /// <summary>Takes an event that may be told now, its last occurrence and how often it came.</summary>
    /// <param name="now">Monotonic ns; <see cref="long.MaxValue"/> for whatever is held.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="record">The last one.</param>
    /// <param name="times">How many.</param>
    /// <returns>False when nothing is left to tell.</returns>
    public bool TryTake(long now, out int subject, out LoopRecord record, out long times)
    {
        for (subject = 0; subject < _held.Length; subject++)
        {
            if (_held[subject] == 0 || _opensAt[subject] > now)
            {
                continue;
            }

            record = _last[subject];
            times = _held[subject];
            _held[subject] = 0;
            _opensAt[subject] = now > long.MaxValue - Window ? long.MaxValue : now + Window;
            return true;
        }

        record = default;
        times = 0;
        return false;
    }

    private static long[] FilledWith(long value, int count)
    {
        long[] values = new long[count];
        Array.Fill(values, value);
        return values;
    }
}

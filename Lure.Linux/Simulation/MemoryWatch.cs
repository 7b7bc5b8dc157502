using System;

namespace Lure.Linux.Simulation;

/// <summary>Whether a campaign keeps to the memory that it had half-way: what it forgets to give back would grow with every seed.</summary>
internal sealed class MemoryWatch(double secondsMin)
{
    private const long Tolerance = 64 << 20;

    private long _half;

    public long Half => _half;

    public long End { get; private set; }

    /// <summary>A short campaign is not done growing: it is not judged.</summary>
    public bool IsJudged { get; private set; }

    public bool IsFlat => !IsJudged || End <= _half + (_half / 2) + Tolerance;

    /// <param name="part">How much of the campaign is over, 0 to 1.</param>
    public void Look(double part)
    {
        if (_half == 0 && part >= 0.5)
        {
            _half = Environment.WorkingSet;
        }
    }

    /// <param name="seconds">How long it ran.</param>
    public void Finish(double seconds)
    {
        End = Environment.WorkingSet;
        IsJudged = _half > 0 && seconds >= secondsMin;
    }
}

using System;

namespace Lure.Sim.Faults;

/// <summary>How often the loop was given each fault: not how often it was drawn.</summary>
public sealed class FaultCensus
{
    private readonly long[] _received = new long[Enum.GetValues<Fault>().Length];

    public long this[Fault fault] => _received[(int)fault];

    /// <summary>Of faults that injure: all but what a healthy kernel with healthy peers does every day.</summary>
    public long Injected { get; private set; }

    public long Total { get; private set; }

    internal void Count(Fault fault)
    {
        _received[(int)fault]++;
        Total++;
        Injected += Swarm.IsEveryday(fault) ? 0 : 1;
    }

    internal void Add(FaultCensus other)
    {
        for (int i = 0; i < _received.Length; i++)
        {
            _received[i] += other._received[i];
        }

        Total += other.Total;
        Injected += other.Injected;
    }

    internal void Clear()
    {
        Array.Clear(_received);
        (Total, Injected) = (0, 0);
    }
}

using System;
using System.Collections.Generic;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Sim.Actors;
using Lure.Sim.Faults;
using Lure.Sim.Running;

namespace Lure.Sim.Campaigns;

/// <summary>The sums of a campaign, or of one job's part of it: adding the parts gives the same in any order.</summary>
internal sealed class CampaignTotals
{
    /// <summary>Failures that are kept with their text: those of the smallest seeds.</summary>
    public const int FailuresKept = 5;

    private readonly long[] _marks = new long[Enum.GetValues<MarkId>().Length];
    private readonly List<CampaignFailure> _failures = [];

    public long Seeds { get; private set; }

    /// <summary>Seeds that may meet faults that injure.</summary>
    public long InjuringSeeds { get; private set; }

    public long Calls { get; private set; }

    /// <summary>Simulated time.</summary>
    public long Nanoseconds { get; private set; }

    /// <summary>Clients that connected.</summary>
    public long Connections { get; private set; }

    /// <summary>Bytes that the loops read, both ways.</summary>
    public long Bytes { get; private set; }

    public FaultCensus Census { get; } = new();

    public Coverage Coverage { get; } = new();

    /// <summary>Seeds that were run twice.</summary>
    public long Repeated { get; private set; }

    /// <summary>Seeds of which a check failed.</summary>
    public long FailedSeeds { get; private set; }

    /// <summary>The failures of the smallest seeds.</summary>
    public IReadOnlyList<CampaignFailure> Failures => _failures;

    public long Marked(MarkId id) => _marks[(int)id];

    /// <summary>Adds a seed that has just run.</summary>
    public void Add(SeedRun run)
    {
        Simulation simulation = run.Simulation;
        Seeds++;
        InjuringSeeds += run.Swarm.Injures ? 1 : 0;
        Calls += simulation.Calls;
        // The age that a relay begins with was not simulated.
        Nanoseconds += simulation.World.Now - simulation.World.Options.StartTime - simulation.Plan.Age;
        Census.Add(simulation.Census);
        foreach (Actor actor in simulation.Cast.Actors)
        {
            Connections += actor.IsClient && !actor.IsUnborn ? 1 : 0;
        }

        for (int i = 0; i < simulation.Workers.Count; i++)
        {
            ref readonly LoopCounters counters = ref simulation.Workers.Loop(i).Counters;
            Bytes += counters.Up + counters.Down;
        }

        for (int i = 0; i < _marks.Length; i++)
        {
            _marks[i] += simulation.World.Marked((MarkId)i);
        }
    }

    public void AddRepeated() => Repeated++;

    public void AddFailure(CampaignFailure failure)
    {
        FailedSeeds++;
        Keep(failure);
    }

    public void Add(CampaignTotals other)
    {
        Seeds += other.Seeds;
        InjuringSeeds += other.InjuringSeeds;
        Calls += other.Calls;
        Nanoseconds += other.Nanoseconds;
        Connections += other.Connections;
        Bytes += other.Bytes;
        Repeated += other.Repeated;
        FailedSeeds += other.FailedSeeds;
        Census.Add(other.Census);
        Coverage.Add(other.Coverage);
        for (int i = 0; i < _marks.Length; i++)
        {
            _marks[i] += other._marks[i];
        }

        foreach (CampaignFailure failure in other._failures)
        {
            Keep(failure);
        }
    }

    private void Keep(CampaignFailure failure)
    {
        int at = _failures.FindIndex(kept => kept.Seed > failure.Seed);
        _failures.Insert(at < 0 ? _failures.Count : at, failure);
        if (_failures.Count > FailuresKept)
        {
            _failures.RemoveAt(FailuresKept);
        }
    }
}

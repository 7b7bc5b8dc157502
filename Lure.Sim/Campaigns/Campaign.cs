using System;
using Lure.Sim.Running;

namespace Lure.Sim.Campaigns;

/// <summary>
/// Runs seeds, one after the other, and sums up. Jobs share a campaign by each having one of these and
/// running other seeds of it.
/// </summary>
internal sealed class Campaign : IDisposable
{
    /// <summary>Of so many seeds one is run twice, and has to do the same again.</summary>
    public const ulong RepeatEvery = 20;

    private readonly SeedRun _run;
    private readonly ulong _first;

    /// <param name="workers">Loops, compiled for the kernel that they are to be tried on.</param>
    /// <param name="first">The first seed.</param>
    public Campaign(WorkerSet workers, ulong first)
    {
        _run = new SeedRun(workers);
        _first = first;
        _run.Simulation.Coverage = Totals.Coverage;
    }

    public CampaignTotals Totals { get; } = new();

    /// <summary>Runs the seed at a place of the campaign.</summary>
    public void Run(ulong place)
    {
        ulong seed = unchecked(_first + place);
        Totals.Coverage.Seed = place;
        string? claim = Try(seed);
        Totals.Add(_run);
        if (place % RepeatEvery == 0)
        {
            claim = Repeat(seed, claim);
        }

        if (claim is not null)
        {
            Totals.AddFailure(new CampaignFailure(seed, claim));
        }
    }

    public void Dispose() => _run.Dispose();

    /// <summary>V21: the same seed gives the same calls, answers and bytes, and reads as much of its tape.</summary>
    private string? Repeat(ulong seed, string? before)
    {
        (ulong hash, int used) = (_run.Simulation.World.Trace.Hash, _run.TapeUsed);
        _run.Simulation.Coverage = null;
        string? again = Try(seed);
        _run.Simulation.Coverage = Totals.Coverage;
        Totals.AddRepeated();
        (ulong hashAgain, int usedAgain) = (_run.Simulation.World.Trace.Hash, _run.TapeUsed);
        bool same = (hash, used, before) == (hashAgain, usedAgain, again);
        return same
            ? before
            : $"V21: it ran twice, and not alike: trace {hash:x16} and {hashAgain:x16}, tape {used} and {usedAgain} bytes; {before ?? "held"} and {again ?? "held"}";
    }

    private string? Try(ulong seed)
    {
        try
        {
            return _run.Run(seed) ? null : _run.Failure;
        }
        // A defect of the loop may come out as any exception; it is this seed's, and the campaign goes on.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return $"{exception.GetType().Name}: {exception.Message}";
        }
    }
}

using System;
using System.Collections.Generic;
using Lure.Sim.Campaigns;
using Lure.Sim.Scripts;

namespace Lure.Sim.Canaries;

/// <summary>How a canary fared.</summary>
/// <param name="Canary">Which.</param>
/// <param name="Seeds">Seeds that ran until its check rang; 0 when it never did.</param>
/// <param name="Others">Seeds that other checks stopped before.</param>
/// <param name="Claim">What the check, or the last other one, said.</param>
internal readonly record struct CanaryResult(Canary Canary, int Seeds, int Others, string Claim)
{
    public bool IsCaught => Seeds > 0;
}

/// <summary>Runs each canary until the check that it is for has caught it.</summary>
internal static class CanaryRun
{
    /// <summary>A defect that so many seeds do not show is not caught.</summary>
    public const int SeedsMax = 1_000;

    /// <param name="first">The first seed, for each of them.</param>
    /// <param name="beforeSeed">Told of each seed.</param>
    public static List<CanaryResult> RunAll(ulong first, Action<ulong>? beforeSeed = null)
    {
        using CanaryWorkers workers = new();
        using SeedRun run = new(workers);
        List<CanaryResult> results = [];
        foreach (Canary canary in CanaryTable.All)
        {
            workers.Canary = canary;
            results.Add(Run(canary, run, first, beforeSeed));
        }

        return results;
    }

    private static CanaryResult Run(Canary canary, SeedRun run, ulong first, Action<ulong>? beforeSeed)
    {
        int others = 0;
        string last = "every seed held";
        for (int i = 0; i < SeedsMax; i++)
        {
            beforeSeed?.Invoke(unchecked(first + (ulong)i));
            string? claim = Play(run, unchecked(first + (ulong)i));
            if (claim is null && canary.Check == "V21")
            {
                claim = PlayAgain(run, unchecked(first + (ulong)i));
            }

            if (claim is null)
            {
                continue;
            }

            last = claim;
            if (Names(claim, canary.Check))
            {
                return new CanaryResult(canary, i + 1, others, claim);
            }

            others++;
        }

        return new CanaryResult(canary, 0, others, last);
    }

    private static string? Play(SeedRun run, ulong seed)
    {
        try
        {
            return run.Run(seed) ? null : run.Failure;
        }
        catch (Exception exception) when (Findings.Are(exception))
        {
            return Findings.Describe(exception);
        }
    }

    private static string? PlayAgain(SeedRun run, ulong seed)
    {
        ulong hash = run.Simulation.World.Trace.Hash;
        return Play(run, seed) is null && run.Simulation.World.Trace.Hash == hash ? null : "V21: it did not run alike";
    }

    /// <summary>Whether a claim is one check's: "V7: …", or "V7, V8: …".</summary>
    private static bool Names(string claim, string check)
    {
        int at = claim.IndexOf(check, StringComparison.Ordinal);
        return at >= 0 && at + check.Length < claim.Length && claim[at + check.Length] is ':' or ',';
    }
}

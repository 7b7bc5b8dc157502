using System;
using System.Collections.Generic;
using System.Globalization;
using Lure.Core.Kernel;
using Lure.Sim.Canaries;
using Lure.Sim.Faults;

namespace Lure.Sim.Campaigns;

/// <summary>
/// What is wrong with a campaign: a seed that failed, and also a campaign that could not have found
/// anything, because its seeds were toys, or never came to a place that they should come to.
/// </summary>
internal static class Verdict
{
    /// <summary>A seed of the default mix, on average.</summary>
    public const int ConnectionsMin = 8;
    public const int CallsMin = 500;
    public const int BytesMin = 50_000;

    /// <summary>In the seeds in which any may be.</summary>
    public const int InjuriesMin = 5;

    /// <summary>Fewer seeds say nothing about means.</summary>
    public const int SeedsForMeans = 500;

    /// <summary>Fewer seeds need not have met every fault and every mark.</summary>
    public const int SeedsForCoverage = 10_000;

    public static List<string> Complaints(CampaignTotals totals, IReadOnlyList<CanaryResult> canaries)
    {
        List<string> complaints = [];
        if (totals.Seeds == 0)
        {
            complaints.Add("inconclusive: no seed ran");
        }

        if (totals.FailedSeeds > 0)
        {
            complaints.Add(Text($"{totals.FailedSeeds} of {totals.Seeds} seeds failed"));
        }

        if (totals.Seeds >= SeedsForMeans)
        {
            AddMeans(complaints, totals);
        }

        if (totals.Seeds >= SeedsForCoverage)
        {
            AddUnmet(complaints, totals);
        }

        foreach (NotYetRow row in NotYet.Rows)
        {
            if (row.Seen(totals) is > 0 and long seen)
            {
                complaints.Add(Text($"{row.What} is done by now ({row.Call}, {seen} times): take it off NotYet"));
            }
        }

        foreach (NotYetMark row in NotYet.Marks)
        {
            if (totals.Marked(row.Mark) is > 0 and long seen)
            {
                complaints.Add(Text($"the mark {row.Mark} was reached {seen} times: take it off NotYet"));
            }
        }

        foreach (CanaryResult result in canaries)
        {
            if (!result.IsCaught)
            {
                complaints.Add($"the canary {result.Canary.Name} was not caught by {result.Canary.Check}");
            }
        }

        return complaints;
    }

    private static void AddMeans(List<string> complaints, CampaignTotals totals)
    {
        AddMean(complaints, "connections", totals.Connections, totals.Seeds, ConnectionsMin);
        AddMean(complaints, "calls", totals.Calls, totals.Seeds, CallsMin);
        AddMean(complaints, "bytes", totals.Bytes, totals.Seeds, BytesMin);
        AddMean(complaints, "injuries where any may be", totals.Census.Injected, totals.InjuringSeeds, InjuriesMin);
    }

    private static void AddMean(List<string> complaints, string what, long sum, long seeds, int least)
    {
        if (sum < least * seeds)
        {
            long mean = sum / Math.Max(1, seeds);
            complaints.Add(Text($"the mix is too mild: {mean} {what} a seed, at least {least} are meant"));
        }
    }

    private static void AddUnmet(List<string> complaints, CampaignTotals totals)
    {
        foreach (Fault fault in Enum.GetValues<Fault>())
        {
            if (totals.Census[fault] == 0 && !NotYet.Has(fault))
            {
                complaints.Add($"no loop was ever given the fault {fault.Code()} {fault}");
            }
        }

        foreach (MarkId mark in Enum.GetValues<MarkId>())
        {
            if (totals.Marked(mark) == 0 && !NotYet.Has(mark))
            {
                complaints.Add($"the mark {mark} was never reached");
            }
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

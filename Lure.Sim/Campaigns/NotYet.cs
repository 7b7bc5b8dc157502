using System.Collections.Immutable;
using Lure.Core.Kernel;
using Lure.Sim.Faults;

namespace Lure.Sim.Campaigns;

/// <summary>
/// What the loop or the fake kernel does not do yet, and so no campaign can meet. A row that comes true
/// fails the campaign: who teaches the loop to reload has to take that off this table.
/// </summary>
internal static class NotYet
{
    public static ImmutableArray<NotYetRow> Rows { get; } =
    [
        new("changed interest", "Rewatch", null, totals => totals.Coverage.CallsOf(SyscallKind.Rewatch)),
        new(
            "reload and hand-over",
            "TakeCommand with more than drain and stop",
            null,
            totals => totals.Coverage.OtherCommands
        ),
    ];

    /// <summary>Marks that no campaign reaches, and why.</summary>
    public static ImmutableArray<NotYetMark> Marks { get; } =
    [
        new(
            MarkId.SelfCheckFailed,
            "the flag machine is enumerated: only a defect of the loop itself contradicts itself"
        ),
        new(MarkId.RecordDropped, "the ledger takes every record at once: one that is dropped could not be checked"),
        new(MarkId.ListenerFailed, "no errno of accept4 on a listening socket is final: the fake has none to give"),
    ];

    public static bool Has(Fault fault)
    {
        foreach (NotYetRow row in Rows)
        {
            if (row.Fault == fault)
            {
                return true;
            }
        }

        return false;
    }

    public static bool Has(MarkId mark)
    {
        foreach (NotYetMark row in Marks)
        {
            if (row.Mark == mark)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>One thing that is not done yet.</summary>
/// <param name="What">What.</param>
/// <param name="Call">The call that would show that it is.</param>
/// <param name="Fault">The fault that nobody can receive until then.</param>
/// <param name="Seen">How often that call was seen.</param>
internal sealed record NotYetRow(string What, string Call, Fault? Fault, System.Func<CampaignTotals, long> Seen);

/// <summary>A mark that no campaign reaches.</summary>
internal readonly record struct NotYetMark(MarkId Mark, string Why);

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Lure.Core.Kernel;
using Lure.Sim.Canaries;
using Lure.Sim.Faults;

namespace Lure.Sim.Campaigns;

/// <summary>A campaign on one page. Nothing in it depends on a clock or on the number of jobs.</summary>
internal sealed class CampaignReport(CampaignTotals totals, IReadOnlyList<CanaryResult> canaries)
{
    private const double NsPerHour = 3.6e12;
    private const int Columns = 3;

    /// <param name="output">Where to.</param>
    /// <param name="complaints">What is wrong (<see cref="Verdict"/>).</param>
    public void Write(TextWriter output, IReadOnlyList<string> complaints)
    {
        WriteMeans(output);
        WriteFaults(output);
        WriteMarks(output);
        WriteTuples(output);
        WriteChecks(output);
        WriteFailures(output, complaints);
    }

    private void WriteMeans(TextWriter output)
    {
        long seeds = Math.Max(1, totals.Seeds);
        double hours = totals.Nanoseconds / NsPerHour;
        string injuries = Mean(totals.Census.Injected, totals.InjuringSeeds);
        output.WriteLine(
            Text(
                $"simulated    {totals.Calls:N0} calls, {hours:N1} hours, {totals.Connections:N0} connections, {totals.Bytes:N0} bytes"
            )
        );
        output.WriteLine(
            Text(
                $"a seed has   {Mean(totals.Connections, seeds)} connections (at least {Verdict.ConnectionsMin}), {Mean(totals.Calls, seeds)} calls ({Verdict.CallsMin}), {Mean(totals.Bytes, seeds)} bytes ({Verdict.BytesMin:N0})"
            )
        );
        output.WriteLine(
            Text(
                $"injuries     in {totals.InjuringSeeds:N0} seeds, there {injuries} each (at least {Verdict.InjuriesMin}); {totals.Seeds - totals.InjuringSeeds:N0} seeds have none"
            )
        );
    }

    private void WriteFaults(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("faults that a loop was given");
        List<string> cells = [];
        foreach (Fault fault in Enum.GetValues<Fault>())
        {
            string given = NotYet.Has(fault) ? "not yet" : Text($"{totals.Census[fault]:N0}");
            cells.Add(Text($"{fault.Code(), -4}{fault, -15}{given, 14}"));
        }

        WriteCells(output, cells);
    }

    private void WriteMarks(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("marks on the odd branches of the loop");
        List<string> cells = [];
        foreach (MarkId mark in Enum.GetValues<MarkId>())
        {
            string reached = NotYet.Has(mark) ? "not yet" : Text($"{totals.Marked(mark):N0}");
            cells.Add(Text($"{mark, -19}{reached, 14}"));
        }

        WriteCells(output, cells);
        if (totals.Seeds < Verdict.SeedsForCoverage)
        {
            output.WriteLine(
                Text($"  {totals.Seeds:N0} seeds need not meet all of them: {Verdict.SeedsForCoverage:N0} must")
            );
        }
    }

    private void WriteTuples(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(
            Text($"tuples of flags, buffers and answer: {totals.Coverage.Tuples.Count:N0}; met by the first seeds")
        );
        List<string> cells = [];
        foreach ((ulong seeds, long met) in totals.Coverage.Tuples.Growth((ulong)totals.Seeds))
        {
            cells.Add(Text($"{seeds, -19:N0}{met, 14:N0}"));
        }

        WriteCells(output, cells);
    }

    private void WriteChecks(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(Text($"ran twice    {totals.Repeated:N0} seeds"));
        int caught = 0;
        int most = 0;
        foreach (CanaryResult result in canaries)
        {
            caught += result.IsCaught ? 1 : 0;
            most = Math.Max(most, result.Seeds);
        }

        output.WriteLine(Text($"canaries     {caught} of {canaries.Count} caught, the last one after {most} seeds"));
        foreach (CanaryResult result in canaries)
        {
            if (!result.IsCaught)
            {
                output.WriteLine(Text($"  {result.Canary.Name}, for {result.Canary.Check}: {result.Claim}"));
            }
        }
    }

    private void WriteFailures(TextWriter output, IReadOnlyList<string> complaints)
    {
        output.WriteLine();
        foreach (CampaignFailure failure in totals.Failures)
        {
            output.WriteLine(Text($"seed {failure.Seed}: {failure.Claim}"));
            output.WriteLine(Text($"  again: lure sim --seed {failure.Seed}"));
        }

        foreach (string complaint in complaints)
        {
            output.WriteLine($"failed: {complaint}");
        }

        if (complaints.Count == 0)
        {
            output.WriteLine("every check held");
        }
    }

    private static void WriteCells(TextWriter output, List<string> cells)
    {
        int rows = (cells.Count + Columns - 1) / Columns;
        for (int row = 0; row < rows; row++)
        {
            string line = "";
            for (int column = 0; column < Columns && (column * rows) + row < cells.Count; column++)
            {
                line += (column == 0 ? "  " : "   ") + cells[(column * rows) + row];
            }

            output.WriteLine(line);
        }
    }

    private static string Mean(long sum, long count) => Text($"{sum / (double)Math.Max(1, count):N1}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

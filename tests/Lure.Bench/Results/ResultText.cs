using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lure.Bench.Relays;

namespace Lure.Bench.Results;

/// <summary>The words around the tables.</summary>
internal static class ResultText
{
    public static void WriteFacts(ComparisonResult result, TextWriter output)
    {
        foreach ((string name, string value) in Facts(result))
        {
            output.WriteLine($"{name + ":", -9} {value}");
        }
    }

    /// <summary>Names and values: machine, kernel, commit, command and who took part.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(ComparisonResult result)
    {
        (MachineResult machine, RunResult run) = (result.Machine, result.Run);
        yield return ("machine", FormattableString.Invariant($"{machine.Processor}, {machine.Cpus} CPUs"));
        yield return ("kernel", $"{machine.Kernel}, TCP congestion control {machine.CongestionControl}");
        yield return ("commit", run.Commit);
        yield return ("command", run.Command);
        yield return (
            "run",
            FormattableString.Invariant($"{run.Date}, {run.Rounds} rounds of {run.Seconds} s, seed {run.Seed}")
        );
        yield return ("load", $"{machine.LoadBefore} before, {machine.LoadAfter} after");
        foreach (RelayResult relay in result.Relays.Where(relay => relay.Role != RelayRole.Null))
        {
            yield return ("relay", relay.Version == relay.Name ? relay.Name : $"{relay.Name}: {relay.Version}");
        }

        foreach (RowResult row in result.Rows.Where(row => !row.LureSettings.IsDefaultOrEmpty))
        {
            yield return ("settings", $"{row.Key}: lure {string.Join(' ', row.LureSettings)}");
        }
    }

    public static void WriteNotes(ComparisonResult result, TextWriter output)
    {
        foreach (string note in result.Notes)
        {
            output.WriteLine($"- {note}");
        }

        string reference = result.NameOf(RelayRole.Reference) ?? "nobody";
        output.WriteLine(
            $"- Ratios are to {reference}, round by round; in the second table to its better configuration."
        );
        output.WriteLine(
            "- CPU is what the kernel charged to all threads of a relay, system calls are counted by tracepoint."
        );
        output.WriteLine("- Rates and latencies are by the clock: they mean little while anything else runs here.");
    }
}

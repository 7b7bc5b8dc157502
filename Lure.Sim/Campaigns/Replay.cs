using System;
using System.Globalization;
using System.IO;
using Lure.Sim.Entropy;
using Lure.Sim.Faults;
using Lure.Sim.Reporting;
using Lure.Sim.Running;
using Lure.Sim.Scripts;

namespace Lure.Sim.Campaigns;

/// <summary>One seed, or one tape, again: what was drawn, a line for each event, and how it ended. The same every time.</summary>
internal static class Replay
{
    /// <param name="tape">What to play.</param>
    /// <param name="output">Where to.</param>
    /// <returns>False when a check failed.</returns>
    public static bool Run(Tape tape, TextWriter output)
    {
        using SeedRun run = new(new WorkerSet<FakeKernel>());
        run.Simulation.TraceTo = output;
        string? claim;
        try
        {
            claim = run.Run(tape) ? null : run.Failure;
        }
        catch (Exception exception) when (Findings.Are(exception))
        {
            claim = Findings.Describe(exception);
        }

        output.WriteLine();
        WriteDrawn(run, output);
        output.WriteLine("# tape");
        TapeText.Write(output, tape.Read);
        output.WriteLine();
        ulong hash = run.Simulation.World.Trace.Hash;
        output.WriteLine(Text($"trace {hash:x16}, {run.Simulation.Calls} calls, tape {tape.Used} bytes"));
        output.WriteLine(claim is null ? "every check held" : $"failed: {claim}");
        if (claim is not null && FailureReport.For<FakeKernel>(new Tape(tape.Read), "this run") is { } report)
        {
            output.WriteLine();
            output.Write(report.ToText());
        }

        return claim is null;
    }

    private static void WriteDrawn(SeedRun run, TextWriter output)
    {
        Script drawn = Recording.Of(run.Simulation) with { Clients = [], Servers = [], Pins = [] };
        output.Write(drawn.ToText());
        output.WriteLine(run.Swarm.Describe());
        string faults = "";
        foreach (Fault fault in Enum.GetValues<Fault>())
        {
            if (run.Simulation.Census[fault] > 0)
            {
                faults += Text($" {fault.Code()} {fault} {run.Simulation.Census[fault]}");
            }
        }

        output.WriteLine($"given:{(faults.Length == 0 ? " none" : faults)}");
        output.WriteLine();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

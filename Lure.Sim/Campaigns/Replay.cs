using System;
using System.Globalization;
using System.IO;
using Lure.Sim.Entropy;
using Lure.Sim.Faults;
using Lure.Sim.Running;

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
        // Reported as a campaign reports it.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            claim = $"{exception.GetType().Name}: {exception.Message}";
        }

        output.WriteLine();
        WriteDrawn(run, output);
        output.WriteLine("# tape");
        TapeText.Write(output, tape.Read);
        output.WriteLine();
        ulong hash = run.Simulation.World.Trace.Hash;
        output.WriteLine(Text($"trace {hash:x16}, {run.Simulation.Calls} calls, tape {tape.Used} bytes"));
        output.WriteLine(claim is null ? "every check held" : $"failed: {claim}");
        return claim is null;
    }

    private static void WriteDrawn(SeedRun run, TextWriter output)
    {
        output.WriteLine($"drawn        {run.Simulation.Plan.Summary()}");
        string faults = "";
        foreach (Fault fault in Enum.GetValues<Fault>())
        {
            if (run.Simulation.Census[fault] > 0)
            {
                faults += Text($" {fault.Code()} {fault} {run.Simulation.Census[fault]}");
            }
        }

        output.WriteLine($"faults given{(faults.Length == 0 ? " none" : faults)}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

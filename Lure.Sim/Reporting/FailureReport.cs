using System;
using System.Globalization;
using System.IO;
using System.Text;
using Lure.Sim.Campaigns;
using Lure.Sim.Entropy;
using Lure.Sim.Running;
using Lure.Sim.Scripts;
using Lure.Sim.Shrinking;

namespace Lure.Sim.Reporting;

/// <summary>All that can be said of one failure: what was drawn, what happened, and the shortest script that fails too.</summary>
public sealed class FailureReport
{
    private const int RunsMax = 6_000;

    private FailureReport(string origin, string options, string message, string trace, Script? script, byte[] tape) =>
        (Origin, Options, Message, Trace, Script, Tape) = (origin, options, message, trace, script, tape);

    /// <summary>Where the failure is from, such as "seed 42".</summary>
    public string Origin { get; }

    /// <summary>What the seed drew: bounds and faults, as a script's cfg lines and a line of faults.</summary>
    public string Options { get; }

    /// <summary>What failed.</summary>
    public string Message { get; }

    /// <summary>A line for each event of the shrunk script, or of the run itself when no script repeats it.</summary>
    public string Trace { get; }

    /// <summary>The shrunk script; null when the run cannot be told as one.</summary>
    public Script? Script { get; }

    /// <summary>The bytes that the run was drawn from, shortened when there is no script.</summary>
    public byte[] Tape { get; }

    /// <summary>Runs a seed again and reports its failure.</summary>
    /// <returns>Null when it does not fail.</returns>
    public static FailureReport? For<TKernel>(ulong seed)
        where TKernel : struct, ISimulatedKernel<TKernel> =>
        For<TKernel>(new Tape(seed), string.Create(CultureInfo.InvariantCulture, $"seed {seed}"));

    /// <summary>Runs a tape and reports its failure.</summary>
    /// <param name="tape">At its beginning.</param>
    /// <param name="origin">What to call it.</param>
    /// <returns>Null when it does not fail.</returns>
    public static FailureReport? For<TKernel>(Tape tape, string origin)
        where TKernel : struct, ISimulatedKernel<TKernel>
    {
        ArgumentNullException.ThrowIfNull(tape);
        WorkerSet<TKernel> workers = new();
        using SeedRun run = new(workers);
        if (run.Run(tape))
        {
            return null;
        }

        string message = run.Failure!;
        string check = FailureId.Of(message);
        byte[] bytes = tape.Read.ToArray();
        Script recorded = Recording.Of(run.Simulation);
        string options = OptionsOf(run, recorded);
        using ScriptPlayer player = new(new WorkerSet<TKernel>());
        Script? shrunk = Shrinker.Shrink(player, recorded, check, RunsMax);
        if (shrunk is null)
        {
            bytes = TapeShrinker.Shrink(run, bytes, check, RunsMax);
            return new FailureReport(origin, options, message, TraceOf(run, bytes), null, bytes);
        }

        shrunk = SmallRuns.Shorter(run.Simulation, player, shrunk, check);
        using StringWriter trace = new() { NewLine = "\n" };
        ScriptResult result = player.Play(shrunk, trace);
        Script named = shrunk with { Comments = [$"{origin}: {FirstLine(result.Message!)}"] };
        return new FailureReport(origin, options, message, trace.ToString(), named, bytes);
    }

    /// <summary>The whole report, for people.</summary>
    public string ToText()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{Origin} fails: {Message}\n\n");
        text.Append("Whose bug: ").Append(Findings.WhoseIs(Message)).Append("\n\n");
        text.Append("What was drawn\n").Append(Options).Append('\n');
        if (Script is null)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"inconclusive: no script repeats it. The tape, {Tape.Length} bytes\n"
            );
            text.Append(Convert.ToHexStringLower(Tape)).Append("\n\nTrace of the tape\n").Append(Trace);
            return text.ToString();
        }

        string script = Script.ToText();
        text.Append("Trace of the script below (columns: docs/simulation.md, Traces)\n").Append(Trace).Append('\n');
        text.Append("Script: the shortest that was found to fail in the same check; lure sim FILE.lure runs it\n");
        text.Append(script).Append("\nThe same as a test\n").Append(TestOf(script));
        return text.ToString();
    }

    /// <summary>A script as a test to paste: it fails as long as the bug is there.</summary>
    public static string TestOf(string script)
    {
        ArgumentNullException.ThrowIfNull(script);
        StringBuilder text = new();
        text.Append("[Test]\npublic void NameIt() =>\n    ScriptRun.Check(\n        \"\"\"\n");
        foreach (string line in script.TrimEnd('\n').Split('\n'))
        {
            text.Append(line.Length > 0 ? "        " : "").Append(line).Append('\n');
        }

        return text.Append("        \"\"\"\n    );\n").ToString();
    }

    private static string OptionsOf(SeedRun run, Script recorded)
    {
        StringBuilder text = new();
        text.Append((recorded with { Clients = [], Servers = [], Pins = [] }).ToText());
        text.Append(run.Swarm.Describe()).Append('\n');
        return text.ToString();
    }

    private static string TraceOf(SeedRun run, byte[] tape)
    {
        using StringWriter writer = new() { NewLine = "\n" };
        run.Simulation.TraceTo = writer;
        run.Run(new Tape(tape));
        run.Simulation.TraceTo = null;
        return writer.ToString();
    }

    private static string FirstLine(string text)
    {
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? text : text[..end].TrimEnd();
    }
}

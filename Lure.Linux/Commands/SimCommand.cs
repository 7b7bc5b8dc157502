using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Lure.Linux.Machine;
using Lure.Linux.Simulation;
using Lure.Sim;
using Lure.Sim.Campaigns;
using Lure.Sim.Canaries;
using Lure.Sim.Entropy;
using Lure.Sim.Exhaustive;
using Lure.Sim.Reporting;
using Lure.Sim.Scripts;

namespace Lure.Linux.Commands;

/// <summary>Tries the loop on the fake kernel.</summary>
internal static class SimCommand
{
    private const double MiB = 1 << 20;

    /// <summary>Shorter campaigns are still warming up.</summary>
    private const double SecondsForMemory = 20;

    /// <param name="request">How many seeds.</param>
    /// <param name="output">For the report.</param>
    /// <param name="progress">For a line that is written over and over; null for none.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int RunCampaign(CampaignRequest request, TextWriter output, TextWriter? progress)
    {
        Stopwatch clock = Stopwatch.StartNew();
        int jobs = request.Jobs ?? UsableCpus.OfThisThread().Length;
        using Interruption interruption = new();
        using StallGuard guard = new(jobs + 1, output);
        List<CanaryResult> canaries = CanaryRun.RunAll(request.From, seed => guard.Begin(jobs, seed));
        guard.End(jobs);
        CampaignJobs campaign = new(request, jobs, guard);
        MemoryWatch memory = new(SecondsForMemory);
        long begun = clock.ElapsedMilliseconds;
        CampaignTotals totals = campaign.Run(
            clock,
            () => interruption.IsAsked,
            () =>
            {
                memory.Look(PartOf(request, clock, campaign.Done));
                progress?.Write(
                    Text($"\r{clock.Elapsed.TotalSeconds:N0} s, {campaign.Done:N0} seeds, {campaign.Failed:N0} failed")
                );
            }
        );
        double seconds = clock.Elapsed.TotalSeconds;
        memory.Finish(seconds);
        progress?.Write("\r" + new string(' ', 60) + "\r");

        double rate = totals.Seeds * 1e3 / Math.Max(1, clock.ElapsedMilliseconds - begun);
        string onJobs = jobs == 1 ? "1 job" : Text($"{jobs} jobs");
        output.WriteLine(
            Text(
                $"lure sim     {totals.Seeds:N0} seeds from {request.From}, {seconds:N1} s, {onJobs}, {rate:N0} seeds a second"
            )
        );
        List<string> complaints = Verdict.Complaints(totals, canaries);
        if (memory.IsJudged)
        {
            output.WriteLine(
                Text($"memory       {memory.Half / MiB:N0} MiB half-way, {memory.End / MiB:N0} MiB at the end")
            );
        }

        if (!memory.IsFlat)
        {
            complaints.Add("memory grows with the seeds");
        }

        new CampaignReport(totals, canaries).Write(output, complaints);
        if (interruption.IsAsked)
        {
            output.WriteLine("interrupted: this is what was run until then");
        }
        else if (totals.Failures is [{ } first, ..])
        {
            WriteFirst(first.Seed, jobs, guard, output);
        }

        return complaints.Count > 0 ? ExitCode.Refused
            : interruption.IsAsked ? ExitCode.Interrupted
            : ExitCode.Done;
    }

    private static void WriteFirst(ulong seed, int place, StallGuard guard, TextWriter output)
    {
        output.Flush();
        guard.Begin(place, Text($"the shortening of seed {seed}"), many: true);
        FailureReport? report = FailureReport.For<FakeKernel>(seed);
        guard.End(place);
        if (report is not null)
        {
            output.WriteLine();
            output.Write(report.ToText());
        }
    }

    /// <param name="tape">What to play.</param>
    /// <param name="stream">For its trace: long, so it is not written line by line.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Replay(Tape tape, Stream stream)
    {
        using StreamWriter output = new(stream, bufferSize: 1 << 16);
        using StallGuard guard = new(places: 1, Console.Out);
        guard.Begin(0, "this run");
        return Lure.Sim.Campaigns.Replay.Run(tape, output) ? ExitCode.Done : ExitCode.Refused;
    }

    /// <param name="output">For the report, which is the same every time.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Exhaust(TextWriter output)
    {
        using StallGuard guard = new(places: 1, output);
        ExhaustiveResult copies = ExhaustiveResult.OfLoop(splices: false, () => guard.Begin(0, "one of the runs"));
        copies.Write(output);
        output.WriteLine();
        ExhaustiveResult splices = ExhaustiveResult.OfLoop(splices: true, () => guard.Begin(0, "one of the runs"));
        splices.Write(output);
        return copies.IsComplete && splices.IsComplete ? ExitCode.Done : ExitCode.Refused;
    }

    /// <param name="files">What to play; the events of a single one are told.</param>
    /// <param name="output">Where to.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int PlayScripts(IReadOnlyList<ScriptFile> files, TextWriter output)
    {
        int failed = 0;
        using StallGuard guard = new(places: 1, output);
        foreach (ScriptFile file in files)
        {
            guard.Begin(0, file.Path);
            ScriptResult result = ScriptRun.Run(file.Script, files.Count == 1 ? output : null);
            string word = result.Verdict switch
            {
                ScriptVerdict.Held => "held",
                ScriptVerdict.Failed => "failed",
                _ => "inconclusive",
            };
            string why = result.Message is null ? "" : $": {result.Message}";
            output.WriteLine(Text($"{file.Path}: {word}, {result.Calls} calls, trace {result.Hash:x16}{why}"));
            failed += result.Verdict == ScriptVerdict.Held ? 0 : 1;
        }

        return failed == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    private static double PartOf(CampaignRequest request, Stopwatch clock, long done)
    {
        double ofTime = request.Seconds is { } seconds ? clock.Elapsed.TotalSeconds / seconds : 0;
        double ofSeeds = request.Seeds is { } seeds ? done / (double)seeds : 0;
        return Math.Max(ofTime, ofSeeds);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Lure.Linux.Conformance;
using Lure.Linux.Kernel;
using Lure.Linux.Relay;
using Lure.Sim.Conformance;
using Lure.Sim.Conformance.Twin;

namespace Lure.Linux.Commands;

/// <summary>Holds the fake kernel of the simulator to the kernel of this machine.</summary>
internal static class ConformCommand
{
    /// <summary>More that the real kernel does not answer the same way each time proves too little.</summary>
    private const double MostSkipped = 0.001;

    /// <summary>Of the time; the rest is for twin scripts.</summary>
    private const double ShareOfCalls = 0.75;

    /// <returns>One of <see cref="ExitCode"/>: <see cref="ExitCode.Done"/> only if something was compared and nothing differed.</returns>
    public static int Run(ConformPlan plan, TextWriter output)
    {
        IgnoredSignals.IgnoreBrokenPipe();
        if (plan.Script is not null || (plan.Seed is not null && !plan.Twin))
        {
            return PlayCalls(plan, output);
        }

        if (plan.TwinScript is not null || plan.Seed is not null)
        {
            return PlayTwin(plan, output);
        }

        long start = Stopwatch.GetTimestamp();
        int calls = plan.Twin ? ExitCode.Done : CompareCalls(plan, start, output);
        int twins = CompareTwins(plan, start, output);
        return Math.Max(calls, twins);
    }

    private static int CompareCalls(ConformPlan plan, long start, TextWriter output)
    {
        using DescriptorHoles holes = new();
        Conformer<LinuxSocketApi> conformer = new(new LinuxSocketApi(new FreshAddresses()));
        ulong seed = plan.From;
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < plan.Seconds * ShareOfCalls)
        {
            conformer.Compare(seed++);
        }

        return Report(conformer, $"seeds {plan.From} to {seed - 1}", output);
    }

    private static int CompareTwins(ConformPlan plan, long start, TextWriter output)
    {
        using LinuxTwinHost host = new(new FreshAddresses());
        using TwinConformer<LinuxKernel, LinuxSocketApi> conformer = new(host);
        ulong seed = plan.From;
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < plan.Seconds)
        {
            conformer.Compare(seed++);
        }

        return Report(conformer, $"twin seeds {plan.From} to {seed - 1}", output);
    }

    private static int PlayCalls(ConformPlan plan, TextWriter output)
    {
        using DescriptorHoles holes = new();
        Conformer<LinuxSocketApi> conformer = new(new LinuxSocketApi(new FreshAddresses()));
        ulong seed = plan.Seed ?? 0;
        Step[] steps = plan.Script ?? [.. conformer.ScriptOf(seed)];
        conformer.Compare(seed, steps);
        (string[] fake, string[] real) = conformer.Play(steps);
        for (int i = 0; i < steps.Length; i++)
        {
            string mark = fake[i] == real[i] ? "" : "   the fake: " + fake[i];
            output.WriteLine($"{ScriptText.Of(steps[i])} = {real[i]}{mark}");
        }

        return Report(conformer, plan.Script is null ? $"seed {seed}" : "the script", output);
    }

    private static int PlayTwin(ConformPlan plan, TextWriter output)
    {
        using LinuxTwinHost host = new(new FreshAddresses());
        using TwinConformer<LinuxKernel, LinuxSocketApi> conformer = new(host);
        ulong seed = plan.Seed ?? 0;
        TwinScript script = plan.TwinScript ?? conformer.ScriptOf(seed);
        conformer.Compare(seed, script);
        output.WriteLine(TwinScriptText.Of(script));
        (string[] fake, string[] real) = conformer.Play(script);
        for (int i = 0; i < Math.Max(fake.Length, real.Length); i++)
        {
            string ofReal = i < real.Length ? real[i] : "";
            string ofFake = i < fake.Length ? fake[i] : "nothing more";
            output.WriteLine(ofReal + (ofReal == ofFake ? "" : "   the fake: " + ofFake));
        }

        return Report(conformer, plan.Seed is null ? "the twin script" : $"twin seed {seed}", output);
    }

    private static int Report(Conformer<LinuxSocketApi> conformer, string seeds, TextWriter output)
    {
        Write(conformer.Divergences, "lure conform --seed", output);
        string counted = Text(
            $"{seeds}: {conformer.Scripts} scripts, {conformer.Calls} calls compared, {Share(conformer.Skipped, conformer.Calls)}"
        );
        output.WriteLine(Text($"{counted}, {conformer.Differing} divergences"));
        return Verdict(conformer.Differing, conformer.Skipped, conformer.Calls, output);
    }

    private static int Report(TwinConformer<LinuxKernel, LinuxSocketApi> conformer, string seeds, TextWriter output)
    {
        Write(conformer.Divergences, "lure conform --twin --seed", output);
        string counted = Text(
            $"{seeds}: {conformer.Scripts} scripts, {conformer.Sessions} sessions, {conformer.Bytes} bytes, {conformer.Facts} facts compared, {Share(conformer.Skipped, conformer.Facts)}"
        );
        output.WriteLine(Text($"{counted}, {conformer.Differing} divergences"));
        return Verdict(conformer.Differing, conformer.Skipped, conformer.Facts, output);
    }

    private static void Write(IReadOnlyList<Divergence> divergences, string replay, TextWriter output)
    {
        foreach (Divergence divergence in divergences)
        {
            output.WriteLine($"seed {divergence.Seed}: {divergence.Script}");
            output.WriteLine($"  fake: {divergence.Fake}");
            output.WriteLine($"  real: {divergence.Actual}");
            output.WriteLine($"  again: {replay} {divergence.Seed}");
        }
    }

    private static int Verdict(long differing, long skipped, long compared, TextWriter output)
    {
        if (differing > 0)
        {
            return ExitCode.Refused;
        }

        if (compared == 0 || PartOf(skipped, compared) >= MostSkipped)
        {
            output.WriteLine("inconclusive: too much was skipped to say that the kernels agree");
            return ExitCode.Refused;
        }

        return ExitCode.Done;
    }

    private static string Share(long skipped, long compared) =>
        Text($"{skipped} skipped ({PartOf(skipped, compared):P4})");

    private static double PartOf(long skipped, long compared) => skipped / (double)Math.Max(1, compared + skipped);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

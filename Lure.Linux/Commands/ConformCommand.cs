using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Lure.Linux.Conformance;
using Lure.Sim.Conformance;

namespace Lure.Linux.Commands;

/// <summary>Holds the fake kernel of the simulator to the kernel of this machine.</summary>
internal static class ConformCommand
{
    /// <summary>Of all calls; more that the real kernel does not answer the same way each time prove too little.</summary>
    private const double MostSkipped = 0.001;

    /// <returns>One of <see cref="ExitCode"/>: <see cref="ExitCode.Done"/> only if something was compared and nothing differed.</returns>
    public static int Run(ConformPlan plan, TextWriter output)
    {
        using DescriptorHoles holes = new();
        Conformer<LinuxSocketApi> conformer = new(new LinuxSocketApi(new FreshAddresses()));
        if (plan.Seconds == 0)
        {
            return RunOne(conformer, plan, output);
        }

        ulong seed = plan.Seed;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < plan.Seconds)
        {
            conformer.Compare(seed++);
        }

        return Report(conformer, $"seeds {plan.Seed} to {seed - 1}", output);
    }

    private static int RunOne(Conformer<LinuxSocketApi> conformer, ConformPlan plan, TextWriter output)
    {
        Step[] steps = plan.Script ?? [.. conformer.ScriptOf(plan.Seed)];
        conformer.Compare(plan.Seed, steps);
        (string[] fake, string[] real) = conformer.Play(steps);
        for (int i = 0; i < steps.Length; i++)
        {
            string mark = fake[i] == real[i] ? "" : "   the fake: " + fake[i];
            output.WriteLine($"{ScriptText.Of(steps[i])} = {real[i]}{mark}");
        }

        return Report(conformer, plan.Script is null ? $"seed {plan.Seed}" : "the script", output);
    }

    private static int Report(Conformer<LinuxSocketApi> conformer, string seeds, TextWriter output)
    {
        foreach (Divergence divergence in conformer.Divergences)
        {
            output.WriteLine($"seed {divergence.Seed}: {divergence.Script}");
            output.WriteLine($"  fake: {divergence.Fake}");
            output.WriteLine($"  real: {divergence.Actual}");
        }

        double skipped = conformer.Skipped / (double)Math.Max(1, conformer.Calls + conformer.Skipped);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{seeds}: {conformer.Scripts} scripts, {conformer.Calls} calls compared, {conformer.Skipped} skipped ({skipped:P4}), {conformer.Differing} divergences"
            )
        );
        if (conformer.Differing > 0)
        {
            return ExitCode.Refused;
        }

        if (conformer.Calls == 0 || skipped >= MostSkipped)
        {
            output.WriteLine("inconclusive: too many calls were skipped to say that the kernels agree");
            return ExitCode.Refused;
        }

        return ExitCode.Done;
    }
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Lure.Bench.Relays;

namespace Lure.Bench.Comparing;

/// <summary>What a figure is worth nothing without: where and with what it was measured.</summary>
internal static class MachineText
{
    /// <param name="relays">Those that are measured.</param>
    public static IEnumerable<string> Lines(IEnumerable<RelayKind> relays)
    {
        yield return $"machine: {Processor()}, {Environment.ProcessorCount} CPUs";
        yield return $"kernel:  {File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}";
        yield return $"commit:  {Commit()}";
        foreach (RelayKind relay in relays.DistinctBy(kind => kind.Executable))
        {
            string flag = relay is LureRelay ? "version" : "-v";
            yield return $"relay:   {FirstLine(relay.Executable!, flag) ?? relay.Name}";
        }
    }

    /// <summary>The means over 1, 5 and 15 minutes: above 2 something else was at work.</summary>
    public static string Load() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            ?.Split(':', 2)[1]
            .Trim()
        ?? "unknown processor";

    private static string Commit()
    {
        if (Repository.Root is not { } root || ProgramFiles.Find("git") is not { } git)
        {
            return "unknown";
        }

        string? commit = FirstLine(git, "-C", root, "rev-parse", "--short", "HEAD");
        string changed = FirstLine(git, "-C", root, "status", "--porcelain") is { Length: > 0 } ? ", changed" : "";
        return (commit ?? "unknown") + changed;
    }

    private static string? FirstLine(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Split('\n')[0] : null;
    }
}

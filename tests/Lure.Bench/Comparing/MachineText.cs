using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Lure.Bench.Relays;
using Lure.Bench.Results;

namespace Lure.Bench.Comparing;

/// <summary>What a figure is worth nothing without: where and with what it was measured.</summary>
internal static class MachineText
{
    public static string Kernel() => File.ReadAllText("/proc/sys/kernel/osrelease").Trim();

    public static string CongestionControl() => File.ReadAllText("/proc/sys/net/ipv4/tcp_congestion_control").Trim();

    /// <summary>The means over 1, 5 and 15 minutes: above 2 something else was at work.</summary>
    public static string Load() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);

    public static string Processor() =>
        File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            ?.Split(':', 2)[1]
            .Trim()
        ?? "unknown processor";

    /// <summary>Short; with a word when files had been changed since.</summary>
    public static string Commit()
    {
        if (Repository.Root is not { } root || ProgramFiles.Find("git") is not { } git)
        {
            return "unknown";
        }

        string? commit = FirstLine(git, "-C", root, "rev-parse", "--short", "HEAD");
        string changed = FirstLine(git, "-C", root, "status", "--porcelain") is { Length: > 0 } ? ", changed" : "";
        return (commit ?? "unknown") + changed;
    }

    public static RelayResult Describe(RelayKind relay)
    {
        string? version = relay.VersionFlag is { } flag ? FirstLine(relay.Executable!, flag) : null;
        return new RelayResult(relay.Name, relay.Role, version ?? relay.Name);
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

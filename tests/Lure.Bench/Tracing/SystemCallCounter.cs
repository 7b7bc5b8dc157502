using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Lure.Bench.Load;
using Lure.Bench.Relays;
using Tmds.Linux;

namespace Lure.Bench.Tracing;

/// <summary>Counts the system calls of a relay by the kernel's tracepoint, with perf(1) attached between two moments.</summary>
internal sealed class SystemCallCounter : IDisposable
{
    private const string Event = "raw_syscalls:sys_enter";
    private const string Separator = ",";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly Lazy<string?> s_obstacle = new(FindObstacle);

    private readonly string _folder;
    private readonly FileStream _control;
    private readonly FileStream _answers;
    private readonly Process _perf;

    private SystemCallCounter(IEnumerable<int> processes)
    {
        _folder = Directory.CreateTempSubdirectory("lure-bench-perf-").FullName;
        string control = MakeFifo("control");
        string answers = MakeFifo("answers");
        // For both directions, so that no open waits for the other end.
        _control = new FileStream(control, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        _answers = new FileStream(answers, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        string[] arguments =
        [
            "stat",
            "--control",
            $"fifo:{control},{answers}",
            "--delay=-1",
            $"--field-separator={Separator}",
            $"--output={ResultPath}",
            $"--event={Event}",
            $"--pid={string.Join(',', processes)}",
        ];
        _perf = Process.Start(
            new ProcessStartInfo(ProgramFiles.Find("perf")!, arguments)
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
    }

    /// <summary>Why calls cannot be counted on this machine, and the cure; null when they can.</summary>
    public static string? Obstacle => s_obstacle.Value;

    private string ResultPath => Path.Combine(_folder, "result");

    /// <summary>Counts from when this returns.</summary>
    /// <exception cref="LoadException">perf does not come to count.</exception>
    public static SystemCallCounter Start(IEnumerable<int> processes)
    {
        SystemCallCounter counter = new(processes);
        counter.Command("enable");
        return counter;
    }

    /// <returns>Calls since the start, of all threads that there were then.</returns>
    public long Stop()
    {
        Command("disable");
        _ = LibC.kill(_perf.Id, LibC.SIGINT);
        if (!_perf.WaitForExit(s_patience))
        {
            throw new LoadException("perf does not end");
        }

        string line =
            File.ReadLines(ResultPath).FirstOrDefault(text => text.Contains(Event, StringComparison.Ordinal)) ?? "";
        return long.TryParse(line.Split(Separator)[0], NumberStyles.None, CultureInfo.InvariantCulture, out long calls)
            ? calls
            : throw new LoadException($"perf counted nothing: {line}");
    }

    public void Dispose()
    {
        if (!_perf.HasExited)
        {
            _perf.Kill();
            _perf.WaitForExit();
        }

        _perf.Dispose();
        _control.Dispose();
        _answers.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>perf answers when it has done it; where it has ended instead, what it said is the reason.</summary>
    private void Command(string command)
    {
        const int AnswerBytes = 5;
        _control.Write(System.Text.Encoding.ASCII.GetBytes(command + "\n"));
        byte[] answer = new byte[AnswerBytes];
        System.Threading.Tasks.Task read = _answers.ReadExactlyAsync(answer).AsTask();
        if (!read.Wait(s_patience))
        {
            string said = _perf.HasExited ? _perf.StandardError.ReadToEnd() : "no answer";
            throw new LoadException($"perf, asked to {command}: {said}");
        }
    }

    private string MakeFifo(string name)
    {
        string path = Path.Combine(_folder, name);
        using Process made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
        return path;
    }

    private static string? FindObstacle()
    {
        if (ProgramFiles.Find("perf") is not { } perf)
        {
            return "perf is not installed: apt-get install linux-perf";
        }

        ProcessStartInfo start = new(perf, ["stat", "-e", Event, "true"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process trial = Process.Start(start)!;
        _ = trial.StandardError.ReadToEnd();
        trial.WaitForExit();
        return trial.ExitCode == 0
            ? null
            : "perf may not count tracepoints here: run as root, with tracefs (mount -t tracefs nodev /sys/kernel/tracing)";
    }
}

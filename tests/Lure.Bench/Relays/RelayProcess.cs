using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.IO;
using System.Threading;
using Lure.Bench.Load;
using Lure.Bench.Rows;
using Tmds.Linux;

namespace Lure.Bench.Relays;

/// <summary>A relay that runs as a process of its own, on CPUs that it is given, until it is disposed.</summary>
internal sealed class RelayProcess : IDisposable
{
    /// <summary>Somebody else may take the port that was free: then another one is tried.</summary>
    private const int StartsMax = 3;

    private const int PollMilliseconds = 2;
    private const int LinesOfOutput = 5;
    private static readonly TimeSpan s_startPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_endPatience = TimeSpan.FromSeconds(3);

    private readonly Process _process;
    private readonly string _folder;

    private RelayProcess(Process process, int port, string folder)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>ns of CPU that all its threads have used.</summary>
    public long CpuNanoseconds => ProcessAccounting.CpuNanoseconds(_process.Id);

    /// <summary>Bytes of RSS.</summary>
    public long ResidentBytes => ProcessAccounting.ResidentBytes(_process.Id);

    /// <summary>How often a thread of it went to sleep by itself.</summary>
    public long Sleeps => ProcessAccounting.Sleeps(_process.Id);

    /// <summary>It and its children.</summary>
    public IEnumerable<int> Processes => ProcessAccounting.Family(_process.Id);

    /// <param name="kind">Which relay.</param>
    /// <param name="backendPort">To relay to.</param>
    /// <param name="row">The load that it will have to carry.</param>
    /// <param name="cpus">That it may use.</param>
    /// <exception cref="LoadException">It did not come to listen; with the last lines that it wrote.</exception>
    public static RelayProcess Start(RelayKind kind, int backendPort, Row row, ImmutableArray<int> cpus)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return StartOnce(kind, backendPort, row, cpus);
            }
            catch (LoadException) when (attempt < StartsMax) { }
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _ = LibC.kill(_process.Id, LibC.SIGTERM);
            if (!_process.WaitForExit(s_endPatience))
            {
                _process.Kill(entireProcessTree: true);
                _process.WaitForExit();
            }
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static RelayProcess StartOnce(RelayKind kind, int backendPort, Row row, ImmutableArray<int> cpus)
    {
        string folder = Directory.CreateTempSubdirectory("lure-bench-").FullName;
        int port = LoopbackPort.FindFree();
        IReadOnlyList<string> arguments = kind.Arguments(new RelayTask(port, backendPort, row, folder));
        Process process = Process.Start(Command(kind, arguments, folder, cpus))!;
        RelayProcess relay = new(process, port, folder);
        try
        {
            relay.WaitUntilListening(kind);
        }
        catch (LoadException)
        {
            relay.Dispose();
            throw;
        }

        return relay;
    }

    /// <summary>
    /// By way of a shell that becomes the relay: what it writes goes to a file and through no pipe
    /// that this process would have to empty during the load.
    /// </summary>
    private static ProcessStartInfo Command(
        RelayKind kind,
        IReadOnlyList<string> arguments,
        string folder,
        ImmutableArray<int> cpus
    )
    {
        string pinned = string.Join(',', cpus);
        ProcessStartInfo start = new("/bin/sh");
        string[] shell =
        [
            "-c",
            "out=$1; shift; exec taskset -c \"$@\" >\"$out\" 2>&1",
            "sh",
            OutputPath(folder),
            pinned,
        ];
        foreach (string word in (IEnumerable<string>)[.. shell, kind.Executable!, .. arguments])
        {
            start.ArgumentList.Add(word);
        }

        return start;
    }

    private void WaitUntilListening(RelayKind kind)
    {
        long start = Stopwatch.GetTimestamp();
        while (!ProcessAccounting.IsListening(Port))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(start) > s_startPatience)
            {
                string said = string.Join('\n', ReadLastLines());
                string what = _process.HasExited ? "ended before it listened" : "did not listen within 10 s";
                throw new LoadException($"{kind.Name} {what}:\n{said}");
            }

            Thread.Sleep(PollMilliseconds);
        }
    }

    private string[] ReadLastLines()
    {
        string path = OutputPath(_folder);
        return File.Exists(path)
            ? File.ReadAllLines(path)[^Math.Min(LinesOfOutput, File.ReadAllLines(path).Length)..]
            : [];
    }

    private static string OutputPath(string folder) => Path.Combine(folder, "output");
}

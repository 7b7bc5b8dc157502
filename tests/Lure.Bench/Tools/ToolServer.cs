using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using Lure.Bench.Load;
using Lure.Bench.Relays;
using Tmds.Linux;

namespace Lure.Bench.Tools;

/// <summary>A server of this machine that a relay is put before, with a folder of its own, until it is disposed.</summary>
internal sealed class ToolServer : IDisposable
{
    private const int PollMilliseconds = 5;
    private static readonly TimeSpan s_startPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_endPatience = TimeSpan.FromSeconds(5);

    private readonly Process _process;

    private ToolServer(Process process, int port, string folder)
    {
        _process = process;
        Port = port;
        Folder = folder;
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    public string Folder { get; }

    /// <param name="make">From a free port and an empty folder: the program and its arguments.</param>
    /// <exception cref="LoadException">It did not come to listen.</exception>
    public static ToolServer Start(Func<int, string, IReadOnlyList<string>> make)
    {
        string folder = Directory.CreateTempSubdirectory("lure-bench-tool-").FullName;
        int port = LoopbackPort.FindFree();
        IReadOnlyList<string> command = make(port, folder);
        // What it says goes to a file and through no pipe that somebody would have to empty.
        List<string> shell = ["-c", "out=$1; shift; exec \"$@\" >\"$out\" 2>&1", "sh", Path.Combine(folder, "output")];
        Process process = Process.Start(new ProcessStartInfo("/bin/sh", [.. shell, .. command]))!;
        ToolServer server = new(process, port, folder);
        long start = Stopwatch.GetTimestamp();
        while (!ProcessAccounting.IsListening(port))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(start) > s_startPatience)
            {
                string said = File.ReadAllText(Path.Combine(folder, "output"));
                server.Dispose();
                throw new LoadException($"{command[0]} did not come to listen: {said}");
            }

            Thread.Sleep(PollMilliseconds);
        }

        return server;
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
        Directory.Delete(Folder, recursive: true);
    }
}

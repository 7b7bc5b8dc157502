using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Lure.Bench.Relays;

/// <summary>What the kernel has counted for a process and its children (proc(5)).</summary>
internal static class ProcessAccounting
{
    private const int BytesPerKilobyte = 1024;

    /// <summary>
    /// ns that all threads have run (the first field of schedstat). Exact for threads that sleep;
    /// one that runs lags by up to a tick, so it is asked when nothing is on its way.
    /// </summary>
    public static long CpuNanoseconds(int process) =>
        Tasks(process).Sum(task => First(File.ReadAllText(Path.Combine(task, "schedstat"))));

    /// <summary>How often its threads gave up their CPU to wait for something.</summary>
    public static long Sleeps(int process) =>
        Tasks(process).Sum(task => First(Field(Path.Combine(task, "status"), "voluntary_ctxt_switches:")));

    /// <summary>
    /// Bytes of RSS of the process that serves: the last child where there are any. From
    /// smaps_rollup, for the figure in status is summed up only now and then.
    /// </summary>
    public static long ResidentBytes(int process)
    {
        int serving = Family(process).Last();
        return First(Field(Proc(serving, "smaps_rollup"), "Rss:")) * BytesPerKilobyte;
    }

    /// <summary>Whether a process of this machine listens on the port of 127.0.0.1: asked without a connection, which would be a session.</summary>
    public static bool IsListening(int port)
    {
        string listening = string.Create(CultureInfo.InvariantCulture, $" 0100007F:{port:X4} 00000000:0000 0A ");
        return File.ReadLines("/proc/net/tcp").Any(line => line.Contains(listening, StringComparison.Ordinal));
    }

    /// <summary>The process, and all that it started, before what these started.</summary>
    public static IEnumerable<int> Family(int process)
    {
        yield return process;
        foreach (string task in Directory.EnumerateDirectories(Proc(process, "task")))
        {
            foreach (string child in Words(File.ReadAllText(Path.Combine(task, "children"))))
            {
                foreach (int member in Family(int.Parse(child, CultureInfo.InvariantCulture)))
                {
                    yield return member;
                }
            }
        }
    }

    private static IEnumerable<string> Tasks(int process) =>
        Family(process).SelectMany(member => Directory.EnumerateDirectories(Proc(member, "task")));

    private static string Field(string path, string name) =>
        File.ReadLines(path).First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..];

    private static string Proc(int process, string file) =>
        string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{file}");

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static long First(string text) => long.Parse(Words(text)[0], CultureInfo.InvariantCulture);
}

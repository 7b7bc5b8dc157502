using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Lure.EndToEnd.Tests.Relay;

/// <summary>What the kernel tells about a process (proc(5)).</summary>
internal sealed class ProcessFiles(int process)
{
    private const StringComparison Ordinal = StringComparison.Ordinal;
    private const string Pipe = "pipe:";

    private readonly string _folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/");

    /// <summary>One letter: R running, S asleep, T stopped, and so on.</summary>
    public string State => Stat(3);

    /// <summary>CPU taken so far by user and system, in clock ticks of 10 ms.</summary>
    public long CpuTicks => Number(Stat(14)) + Number(Stat(15));

    /// <summary>
    /// The limit of descriptors that leaves room for just that many more. Not the number of open
    /// ones: numbers in between may be free, and the kernel gives out the lowest.
    /// </summary>
    public ulong LimitThatLeaves(int free)
    {
        var taken = Directory
            .GetFileSystemEntries(_folder + "fd")
            .Select(path => (int)Number(Path.GetFileName(path)))
            .ToHashSet();
        return (ulong)Enumerable.Range(0, int.MaxValue).Where(number => !taken.Contains(number)).ElementAt(free);
    }

    /// <summary>
    /// Open sockets and the like. Not files: those are the runtime's, which loads its libraries when
    /// it first needs them, and no session opens any. Not pipes: workers keep them for the next stream.
    /// </summary>
    public int Descriptors => Count(target => !target.StartsWith('/') && !target.StartsWith(Pipe, Ordinal));

    /// <summary>Ends of pipes.</summary>
    public int PipeEnds => Count(target => target.StartsWith(Pipe, Ordinal));

    /// <summary>Memory in use, in KiB.</summary>
    public long ResidentKilobytes =>
        Number(
            File.ReadLines(_folder + "status")
                .First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]
        );

    /// <summary>By its number in proc(5); only those after the name, which may hold blanks itself.</summary>
    private string Stat(int field)
    {
        var text = File.ReadAllText(_folder + "stat");
        return text[(text.LastIndexOf(')') + 2)..].Split(' ')[field - 3];
    }

    private int Count(Func<string, bool> wanted) =>
        Directory
            .EnumerateFileSystemEntries(_folder + "fd")
            .Count(path => Target(path) is { } target && wanted(target));

    /// <summary>Null when it was closed in between.</summary>
    private static string? Target(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

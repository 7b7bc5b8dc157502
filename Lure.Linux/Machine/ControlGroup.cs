using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Lure.Linux.Machine;

/// <summary>What the process's control groups allow it (cgroups(7)), version 2 and version 1.</summary>
/// <param name="Cpus">CPU time per time, as 1.5 for 150 %; null without a quota.</param>
/// <param name="Memory">Bytes; null without a limit.</param>
/// <remarks>
/// The runtime knows both as well, but tells them mixed: its processor count with the affinity mask
/// and an environment variable, its memory as the share that the heap may take.
/// </remarks>
internal sealed record ControlGroup(double? Cpus, long? Memory)
{
    private const string CpuController = "cpu";
    private const string MemoryController = "memory";

    /// <summary>Above it version 1 means "no limit": it stores the largest multiple of a page.</summary>
    private const long NoLimit = 1L << 60;

    /// <param name="process">/proc/self.</param>
    /// <param name="mount">/sys/fs/cgroup.</param>
    public static ControlGroup Read(string process = "/proc/self", string mount = "/sys/fs/cgroup")
    {
        double? cpus = null;
        long? memory = null;
        foreach ((string[] controllers, string path) in Memberships(Path.Combine(process, "cgroup")))
        {
            bool second = controllers.Length == 0;
            string root = second ? mount : Path.Combine(mount, string.Join(',', controllers));
            foreach (string folder in UpTo(root, path))
            {
                if (second || controllers.Contains(CpuController))
                {
                    cpus = Least(cpus, second ? Quota(folder) : QuotaOfVersion1(folder));
                }

                if (second || controllers.Contains(MemoryController))
                {
                    memory = Least(memory, Bytes(folder, second ? "memory.max" : "memory.limit_in_bytes"));
                }
            }
        }

        return new ControlGroup(cpus, memory);
    }

    /// <summary>Lines of <c>number:controllers:path</c>; without controllers it is version 2.</summary>
    private static IEnumerable<(string[] Controllers, string Path)> Memberships(string file)
    {
        foreach (string line in Text(file).Split('\n'))
        {
            string[] parts = line.Split(':', 3);
            if (parts.Length == 3)
            {
                yield return (parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries), parts[2].Trim('/'));
            }
        }
    }

    /// <summary>
    /// A group and all above it, for each may be the narrowest. Inside a container the path may be
    /// the host's and not exist here: then only those above are found, the container's own first.
    /// </summary>
    private static IEnumerable<string> UpTo(string root, string path)
    {
        for (string rest = path; rest.Length > 0; rest = Path.GetDirectoryName(rest) ?? "")
        {
            yield return Path.Combine(root, rest);
        }

        yield return root;
    }

    private static double? Quota(string folder)
    {
        string[] parts = Text(Path.Combine(folder, "cpu.max")).Split(' ', StringSplitOptions.TrimEntries);
        return parts.Length == 2 ? Share(parts[0], parts[1]) : null;
    }

    private static double? QuotaOfVersion1(string folder) =>
        Share(Text(Path.Combine(folder, "cpu.cfs_quota_us")), Text(Path.Combine(folder, "cpu.cfs_period_us")));

    private static double? Share(string quota, string period) =>
        Number(quota) is > 0 and long used && Number(period) is > 0 and long whole ? (double)used / whole : null;

    private static long? Bytes(string folder, string file) =>
        Number(Text(Path.Combine(folder, file))) is >= 0 and < NoLimit and long bytes ? bytes : null;

    /// <summary>Null for "max" and for what is not there.</summary>
    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;

    private static T? Least<T>(T? one, T? other)
        where T : struct, IComparable<T> =>
        one is { } a && other is { } b ? (a.CompareTo(b) <= 0 ? a : b) : one ?? other;

    private static string Text(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

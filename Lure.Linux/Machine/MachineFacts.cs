using System;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;

namespace Lure.Linux.Machine;

/// <summary>What the process may use, as found at start.</summary>
/// <param name="Cpus">That its threads may run on, ascending.</param>
/// <param name="CpuQuota">CPU time per time; null without a limit.</param>
/// <param name="Memory">Bytes: of the control group or the host, whichever is less.</param>
/// <param name="Descriptors">At most, the soft limit raised.</param>
/// <param name="Numa">Which memory is near to which CPU.</param>
internal sealed record MachineFacts(
    ImmutableArray<int> Cpus,
    double? CpuQuota,
    long Memory,
    int Descriptors,
    NumaTopology Numa
)
{
    private const int BytesPerKibibyte = 1024;

    /// <summary>Looks, and raises the limit of descriptors.</summary>
    public static MachineFacts Find()
    {
        ControlGroup group = ControlGroup.Read();
        long memory = Math.Min(group.Memory ?? long.MaxValue, HostMemory(File.ReadAllText("/proc/meminfo")));
        return new MachineFacts(
            UsableCpus.OfThisThread(),
            group.Cpus,
            memory,
            DescriptorLimit.Raise(),
            NumaTopology.Read()
        );
    }

    /// <summary>Bytes; <see cref="long.MaxValue"/> when it does not say.</summary>
    /// <param name="meminfo">The text of /proc/meminfo (proc_meminfo(5)).</param>
    internal static long HostMemory(string meminfo)
    {
        const string Key = "MemTotal:";
        foreach (ReadOnlySpan<char> line in meminfo.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(Key))
            {
                ReadOnlySpan<char> number = line[Key.Length..].Trim();
                number = number[..number.IndexOf(' ')];
                return long.Parse(number, CultureInfo.InvariantCulture) * BytesPerKibibyte;
            }
        }

        return long.MaxValue;
    }
}

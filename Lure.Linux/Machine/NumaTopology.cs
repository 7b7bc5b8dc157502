using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Lure.Linux.Machine;

/// <summary>Which memory is near to which CPU, from sysfs (Documentation/ABI/stable/sysfs-devices-node).</summary>
internal sealed class NumaTopology
{
    private const string NodePrefix = "node";

    private readonly FrozenDictionary<int, int> _nodeOfCpu;

    private NumaTopology(Dictionary<int, int> nodeOfCpu, int nodes)
    {
        _nodeOfCpu = nodeOfCpu.ToFrozenDictionary();
        Nodes = nodes;
    }

    /// <summary>Nodes that have CPUs.</summary>
    public int Nodes { get; }

    /// <summary>The node of a CPU; null when there is only one node, or none is known: then there is nothing to bind.</summary>
    public int? NodeOf(int cpu) => Nodes > 1 && _nodeOfCpu.TryGetValue(cpu, out int node) ? node : null;

    /// <param name="root">/sys/devices/system/node; one that is not there means one node.</param>
    public static NumaTopology Read(string root = "/sys/devices/system/node")
    {
        Dictionary<int, int> nodeOfCpu = [];
        HashSet<int> nodes = [];
        if (Directory.Exists(root))
        {
            foreach (string folder in Directory.EnumerateDirectories(root, NodePrefix + "*"))
            {
                ReadOnlySpan<char> digits = Path.GetFileName(folder.AsSpan())[NodePrefix.Length..];
                string list = Path.Combine(folder, "cpulist");
                if (!int.TryParse(digits, CultureInfo.InvariantCulture, out int node) || !File.Exists(list))
                {
                    continue;
                }

                foreach (int cpu in CpuList(File.ReadAllText(list)))
                {
                    nodeOfCpu[cpu] = node;
                    nodes.Add(node);
                }
            }
        }

        return new NumaTopology(nodeOfCpu, nodes.Count);
    }

    /// <summary>As in <c>0-3,8,10-11</c>; empty for a node that has only memory.</summary>
    private static IEnumerable<int> CpuList(string text)
    {
        foreach (
            string range in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        )
        {
            string[] ends = range.Split('-');
            int first = int.Parse(ends[0], CultureInfo.InvariantCulture);
            int last = int.Parse(ends[^1], CultureInfo.InvariantCulture);
            for (int cpu = first; cpu <= last; cpu++)
            {
                yield return cpu;
            }
        }
    }
}

using System.Linq;
using Lure.Linux.Machine;
using Lure.Linux.Tests.Sockets;
using NUnit.Framework;

namespace Lure.Linux.Tests.Machine;

internal sealed class NumaTopologyTests
{
    private TemporaryFolder _root = null!;

    [SetUp]
    public void Make() => _root = new TemporaryFolder();

    [TearDown]
    public void Remove() => _root.Dispose();

    [Test]
    public void Each_CPU_has_the_node_that_lists_it()
    {
        _root.Write("node0/cpulist", "0-1,8\n");
        _root.Write("node1/cpulist", "2-3\n");
        _root.Write("node10/cpulist", "9\n");
        NumaTopology topology = NumaTopology.Read(_root.Path);

        Assert.That(topology.Nodes, Is.EqualTo(3));
        Assert.That(
            new[] { 0, 1, 2, 3, 8, 9, 77 }.Select(topology.NodeOf),
            Is.EqualTo(new int?[] { 0, 0, 1, 1, 0, 10, null })
        );
    }

    [TestCase(2, 8)]
    [TestCase(8, 4)]
    public void A_worker_of_each_CPU_takes_memory_of_its_node(int nodes, int cpusPerNode)
    {
        // As firmware numbers them: first one thread of each core, node by node, then the other.
        int half = cpusPerNode / 2;
        for (int node = 0; node < nodes; node++)
        {
            int first = node * half;
            int second = (nodes * half) + first;
            _root.Write($"node{node}/cpulist", $"{first}-{first + half - 1},{second}-{second + half - 1}\n");
        }

        NumaTopology numa = NumaTopology.Read(_root.Path);
        MachineFacts machine = new([.. Enumerable.Range(0, nodes * cpusPerNode)], null, 1L << 40, 1 << 20, numa);
        ProcessLimits limits = ProcessLimits.Derive(machine, new LimitRequest { BytesPerSession = 33_024 });
        int?[] placed = [.. limits.Cpus.Select(cpu => numa.NodeOf(cpu!.Value))];

        Assert.That(limits.Cpus, Is.EqualTo(Enumerable.Range(0, nodes * cpusPerNode)));
        Assert.That(placed[..(nodes * half)], Is.EqualTo(Enumerable.Range(0, nodes * half).Select(cpu => cpu / half)));
        Assert.That(
            placed.GroupBy(node => node).Select(workers => (workers.Key, workers.Count())),
            Is.EqualTo(Enumerable.Range(0, nodes).Select(node => ((int?)node, cpusPerNode)))
        );
    }

    [Test]
    public void One_node_is_nothing_to_choose_from()
    {
        _root.Write("node0/cpulist", "0-3\n");
        Assert.That(NumaTopology.Read(_root.Path).NodeOf(0), Is.Null);
    }

    [Test]
    public void A_node_that_has_only_memory_does_not_count()
    {
        _root.Write("node0/cpulist", "0-3\n");
        _root.Write("node1/cpulist", "\n");
        _root.Write("power/cpulist", "0\n");
        Assert.That(NumaTopology.Read(_root.Path).NodeOf(0), Is.Null);
    }

    [Test]
    public void A_kernel_without_nodes_has_one() => Assert.That(NumaTopology.Read(_root["nothing"]).NodeOf(0), Is.Null);
}

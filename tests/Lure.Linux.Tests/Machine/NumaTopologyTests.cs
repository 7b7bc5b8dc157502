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

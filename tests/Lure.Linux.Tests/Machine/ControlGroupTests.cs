using Lure.Linux.Machine;
using Lure.Linux.Tests.Sockets;
using NUnit.Framework;

namespace Lure.Linux.Tests.Machine;

internal sealed class ControlGroupTests
{
    private TemporaryFolder _root = null!;

    [SetUp]
    public void Make() => _root = new TemporaryFolder();

    [TearDown]
    public void Remove() => _root.Dispose();

    private ControlGroup Read() => ControlGroup.Read(_root["proc"], _root["sys"]);

    [Test]
    public void Version_2_limits_the_group_itself()
    {
        _root.Write("proc/cgroup", "0::/system.slice/lure.service\n");
        _root.Write("sys/system.slice/lure.service/cpu.max", "150000 100000\n");
        _root.Write("sys/system.slice/lure.service/memory.max", "268435456\n");
        Assert.That(Read(), Is.EqualTo(new ControlGroup(1.5, 268435456)));
    }

    [Test]
    public void The_narrowest_of_all_groups_above_counts()
    {
        _root.Write("proc/cgroup", "0::/a/b\n");
        _root.Write("sys/a/b/cpu.max", "max 100000\n");
        _root.Write("sys/a/b/memory.max", "1000000\n");
        _root.Write("sys/a/cpu.max", "50000 100000\n");
        _root.Write("sys/a/memory.max", "500000\n");
        Assert.That(Read(), Is.EqualTo(new ControlGroup(0.5, 500000)));
    }

    [Test]
    public void A_container_that_sees_the_path_of_its_host_finds_its_own_limits_at_the_root()
    {
        _root.Write("proc/cgroup", "0::/docker/0123abcd\n");
        _root.Write("sys/cpu.max", "200000 100000\n");
        _root.Write("sys/memory.max", "max\n");
        Assert.That(Read(), Is.EqualTo(new ControlGroup(2, null)));
    }

    [Test]
    public void Version_1_has_a_tree_for_each_controller()
    {
        _root.Write("proc/cgroup", "4:memory:/box\n2:cpu,cpuacct:/box\n1:name=systemd:/box\n0::/\n");
        _root.Write("sys/memory/box/memory.limit_in_bytes", "64000000\n");
        _root.Write("sys/cpu,cpuacct/box/cpu.cfs_quota_us", "300000\n");
        _root.Write("sys/cpu,cpuacct/box/cpu.cfs_period_us", "100000\n");
        Assert.That(Read(), Is.EqualTo(new ControlGroup(3, 64000000)));
    }

    [Test]
    public void Version_1_says_no_limit_in_numbers()
    {
        _root.Write("proc/cgroup", "4:memory:/\n2:cpu:/\n");
        _root.Write("sys/memory/memory.limit_in_bytes", "9223372036854771712\n");
        _root.Write("sys/cpu/cpu.cfs_quota_us", "-1\n");
        _root.Write("sys/cpu/cpu.cfs_period_us", "100000\n");
        Assert.That(Read(), Is.EqualTo(new ControlGroup(null, null)));
    }

    [Test]
    public void Without_control_groups_there_is_no_limit() =>
        Assert.That(Read(), Is.EqualTo(new ControlGroup(null, null)));
}

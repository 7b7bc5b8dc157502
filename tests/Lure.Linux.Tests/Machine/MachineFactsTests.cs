using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Lure.Linux.Machine;
using NUnit.Framework;

namespace Lure.Linux.Tests.Machine;

internal sealed class MachineFactsTests
{
    [Test]
    public void Memory_of_the_host_is_read_in_bytes() =>
        Assert.That(
            MachineFacts.HostMemory("MemFree:    1 kB\nMemTotal:       16384 kB\nBuffers: 2 kB\n"),
            Is.EqualTo(16384 * 1024)
        );

    [Test]
    public void A_host_that_does_not_say_has_no_limit() =>
        Assert.That(MachineFacts.HostMemory(""), Is.EqualTo(long.MaxValue));

    [Test]
    public void This_machine_has_what_every_machine_has()
    {
        MachineFacts machine = MachineFacts.Find();
        Assert.That(machine.Cpus, Is.Ordered.And.Not.Empty);
        Assert.That(machine.Memory, Is.InRange(1L << 20, 1L << 50));
        Assert.That(machine.Descriptors, Is.GreaterThan(32));
    }

    [Test]
    public void The_soft_limit_of_descriptors_is_raised_to_the_hard_one()
    {
        int raised = DescriptorLimit.Raise();
        string[] row = File.ReadLines("/proc/self/limits")
            .Single(line => line.StartsWith("Max open files", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(row[3], Is.EqualTo(row[4]));
        Assert.That(raised, Is.EqualTo(long.Parse(row[4], CultureInfo.InvariantCulture)));
    }

    [Test]
    public void A_pinned_thread_may_run_on_its_CPU_alone()
    {
        int cpu = UsableCpus.OfThisThread()[^1];
        bool pinned = false;
        int[] usable = [];
        Thread thread = new(() =>
        {
            pinned = UsableCpus.TryPin(cpu);
            usable = [.. UsableCpus.OfThisThread()];
        });
        thread.Start();
        thread.Join();

        Assert.That(pinned, Is.True);
        Assert.That(usable, Is.EqualTo(new[] { cpu }));
    }

    [Test]
    public void A_CPU_that_is_not_there_cannot_be_pinned_to() => Assert.That(UsableCpus.TryPin(8000), Is.False);

    [Test]
    public void This_processor_is_new_enough() => Assert.That(CpuBaseline.Complaint(), Is.Null);

    [Test]
    public void A_processor_that_lacks_one_of_the_instructions_is_told_so_in_one_line(
        [Values(0, 9, 13, 19, 20, 23)] int bit
    ) => Assert.That(CpuBaseline.Complaint(~(1 << bit)), Does.Contain("x86-64-v2").And.Not.Contain("\n"));
}

using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Lure.Core.Kernel;
using Lure.Linux.Kernel;
using Lure.Linux.Machine;
using Lure.Linux.Sockets;
using NUnit.Framework;

namespace Lure.Linux.Tests.Sockets;

internal sealed class CpuSteeringTests
{
    private const int Clients = 16;

    [TestCase(new[] { 0, 1 }, new[] { 0, 1 }, new[] { 0, 1 })]
    [TestCase(new[] { 3, 7, 5 }, new[] { 7, 3, 5 }, new[] { 1, 0, 2 })]
    [TestCase(new[] { 8, 9 }, new[] { 0, 1, 2, 3 }, new[] { 0, 1, 0, 1 })]
    public void Each_CPU_has_its_worker_and_one_without_always_the_same(int[] workers, int[] cpus, int[] expected)
    {
        ImmutableArray<FilterInstruction> program = CpuSteering.Program([.. workers.Select(cpu => (int?)cpu)]);
        Assert.That(cpus.Select(cpu => Run(program, cpu)), Is.EqualTo(expected));
    }

    [Test]
    public void Workers_that_stay_nowhere_are_spread_over_the_CPUs()
    {
        ImmutableArray<FilterInstruction> program = CpuSteering.Program([null, null]);
        Assert.That(Enumerable.Range(0, 4).Select(cpu => Run(program, cpu)), Is.EqualTo(new[] { 0, 1, 0, 1 }));
    }

    [Test]
    public void The_most_workers_fit_into_a_program_that_a_kernel_takes() =>
        Assert.That(
            CpuSteering.Program([.. Enumerable.Range(0, 256).Select(cpu => (int?)cpu)]),
            Has.Length.LessThanOrEqualTo(4096)
        );

    [Test]
    public void Clients_come_to_the_worker_of_the_CPU_that_took_them()
    {
        // The last CPU has the first worker: without the program none of this could be so by chance for long.
        ImmutableArray<int> cpus = [.. UsableCpus.OfThisThread().Take(4).Reverse()];
        ImmutableArray<int?> workers = cpus.Length == 1 ? [cpus[0] + 1, cpus[0]] : [.. cpus.Select(cpu => (int?)cpu)];
        TcpListener? opened = TcpListener.Open(Binds.Loopback(), workers.Length, true, workers, out ListenError? error);
        Assert.That(opened, Is.Not.Null, error?.Message);
        try
        {
            foreach (int cpu in cpus)
            {
                ConnectFrom(cpu, opened!.Address);
                int[] accepted = [.. opened.Descriptors.Select(AcceptAll)];
                Assert.That(accepted[workers.IndexOf(cpu)], Is.EqualTo(Clients), string.Join(' ', accepted));
            }
        }
        finally
        {
            Array.ForEach([.. opened!.Descriptors], fd => _ = Libc.Close(fd));
        }
    }

    /// <summary>Over loopback a SYN is taken on the CPU that sends it.</summary>
    private static void ConnectFrom(int cpu, SocketAddress address)
    {
        int connected = 0;
        Thread client = new(() =>
        {
            Assert.That(UsableCpus.TryPin(cpu), Is.True);
            for (int i = 0; i < Clients; i++)
            {
                _ = SetUpSocket.Open(address.Family, out SetUpSocket socket);
                connected += socket.Connect(address) is 0 or -Errno.InProgress ? 1 : 0;
                socket.Close();
            }
        });
        client.Start();
        client.Join();
        Assert.That(connected, Is.EqualTo(Clients));
    }

    private static unsafe int AcceptAll(int listener)
    {
        int count = 0;
        while (Libc.Accept(listener, null, null, LinuxConstants.SocketNonBlocking) is >= 0 and int fd)
        {
            count++;
            _ = Libc.Close(fd);
        }

        return count;
    }

    /// <summary>Classic BPF, as far as these programs use it.</summary>
    private static int Run(ImmutableArray<FilterInstruction> program, int cpu)
    {
        uint accumulator = 0;
        for (int at = 0; ; at++)
        {
            FilterInstruction now = program[at];
            switch (now.Code)
            {
                case LinuxConstants.FilterLoad when now.Value == LinuxConstants.FilterCpu:
                    accumulator = (uint)cpu;
                    break;
                case LinuxConstants.FilterJumpEqual:
                    at += accumulator == now.Value ? now.IfTrue : now.IfFalse;
                    break;
                case LinuxConstants.FilterModulo:
                    accumulator %= now.Value;
                    break;
                case LinuxConstants.FilterReturn:
                    return (int)now.Value;
                case LinuxConstants.FilterReturnAccumulator:
                    return (int)accumulator;
                default:
                    throw new InvalidOperationException($"instruction {at} is {now}");
            }
        }
    }
}

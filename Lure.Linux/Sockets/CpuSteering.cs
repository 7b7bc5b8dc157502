using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Lure.Linux.Kernel;

namespace Lure.Linux.Sockets;

/// <summary>struct sock_filter: one instruction of classic BPF (linux/filter.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FilterInstruction(ushort Code, byte IfTrue, byte IfFalse, uint Value);

/// <summary>
/// Leads a client to the worker of the CPU that took its SYN (socket(7), SO_ATTACH_REUSEPORT_CBPF): its
/// packets are then handled where its worker runs. Without it the kernel hashes the addresses.
/// </summary>
internal static unsafe class CpuSteering
{
    /// <summary>A jump on equality is one instruction and what it jumps to another; a kernel takes 4096.</summary>
    private const int InstructionsPerWorker = 2;

    /// <param name="cpus">By the worker's number, which is the place of its socket in the group; null for one that is not pinned.</param>
    /// <returns>
    /// A program that answers with a place in the group: that of the worker on this CPU, or for a CPU
    /// without one any, always the same.
    /// </returns>
    public static ImmutableArray<FilterInstruction> Program(ImmutableArray<int?> cpus)
    {
        var program = ImmutableArray.CreateBuilder<FilterInstruction>(3 + (InstructionsPerWorker * cpus.Length));
        program.Add(new FilterInstruction(LinuxConstants.FilterLoad, 0, 0, LinuxConstants.FilterCpu));
        for (int worker = 0; worker < cpus.Length; worker++)
        {
            if (cpus[worker] is { } cpu)
            {
                program.Add(new FilterInstruction(LinuxConstants.FilterJumpEqual, 0, 1, (uint)cpu));
                program.Add(new FilterInstruction(LinuxConstants.FilterReturn, 0, 0, (uint)worker));
            }
        }

        program.Add(new FilterInstruction(LinuxConstants.FilterModulo, 0, 0, (uint)cpus.Length));
        program.Add(new FilterInstruction(LinuxConstants.FilterReturnAccumulator, 0, 0, 0));
        return program.ToImmutable();
    }

    /// <summary>Has a group use a program.</summary>
    /// <param name="fd">Any socket of the group, which has two at least.</param>
    /// <param name="program">See <see cref="Program"/>.</param>
    /// <returns>0 or minus errno.</returns>
    public static int Attach(int fd, ImmutableArray<FilterInstruction> program)
    {
        fixed (FilterInstruction* first = program.AsSpan())
        {
            FilterProgram value = new() { Count = (ushort)program.Length, First = first };
            int result = Libc.SetOption(
                fd,
                LinuxConstants.SocketLevel,
                LinuxConstants.OptionAttachReusePortFilter,
                &value,
                (uint)sizeof(FilterProgram)
            );
            return result < 0 ? -*Libc.ErrnoLocation() : 0;
        }
    }

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct FilterProgram
    {
        public ushort Count;
        public FilterInstruction* First;
    }
}

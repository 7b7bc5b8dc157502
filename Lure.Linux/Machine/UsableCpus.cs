using System.Collections.Immutable;
using Tmds.Linux;

namespace Lure.Linux.Machine;

/// <summary>The CPUs that the scheduler may put this process on (sched_getaffinity(2)): a cpuset or taskset narrows them.</summary>
internal static unsafe class UsableCpus
{
    /// <summary>A mask of this size covers every CPU that a kernel can be built for.</summary>
    private const int MaskBytes = 1024;

    /// <summary>Ascending, at least one.</summary>
    public static ImmutableArray<int> OfThisThread()
    {
        byte* mask = stackalloc byte[MaskBytes];
        new System.Span<byte>(mask, MaskBytes).Clear();
        if (LibC.sched_getaffinity(0, MaskBytes, (cpu_set_t*)mask) < 0)
        {
            return [0];
        }

        ImmutableArray<int>.Builder cpus = ImmutableArray.CreateBuilder<int>();
        for (int cpu = 0; cpu < MaskBytes * 8; cpu++)
        {
            if ((mask[cpu / 8] & (1 << (cpu % 8))) != 0)
            {
                cpus.Add(cpu);
            }
        }

        return cpus.ToImmutable();
    }

    /// <summary>Keeps the calling thread on one CPU.</summary>
    /// <returns>False when the kernel refuses, as for a CPU that was unplugged since; the thread runs all the same.</returns>
    public static bool TryPin(int cpu)
    {
        byte* mask = stackalloc byte[MaskBytes];
        new System.Span<byte>(mask, MaskBytes).Clear();
        mask[cpu / 8] |= (byte)(1 << (cpu % 8));
        return LibC.sched_setaffinity(0, MaskBytes, (cpu_set_t*)mask) == 0;
    }
}

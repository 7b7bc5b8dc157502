using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Lure.Core.Loop;

namespace Lure.Linux.Relay;

/// <summary>Adds up what the workers counted.</summary>
internal static class CounterSum
{
    /// <remarks>The counters are 64-bit numbers and nothing else (a test holds that), so a new one is added up without a line here.</remarks>
    public static LoopCounters Of(IEnumerable<LoopCounters> workers)
    {
        LoopCounters sum = default;
        Span<long> total = Numbers(ref sum);
        foreach (LoopCounters worker in workers)
        {
            LoopCounters counted = worker;
            ReadOnlySpan<long> numbers = Numbers(ref counted);
            for (int index = 0; index < total.Length; index++)
            {
                total[index] += numbers[index];
            }
        }

        return sum;
    }

    private static Span<long> Numbers(ref LoopCounters counters) =>
        MemoryMarshal.Cast<LoopCounters, long>(MemoryMarshal.CreateSpan(ref counters, 1));
}

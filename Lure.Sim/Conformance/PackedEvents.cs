using System;
using Lure.Core.Kernel;

namespace Lure.Sim.Conformance;

/// <summary>The events of one wait in a number: who, and what, in the order of the report.</summary>
internal static class PackedEvents
{
    /// <summary>More do not fit.</summary>
    public const int Max = 5;

    private const int NameBits = 5;
    private const int EventBits = 11;

    public static ulong Pack(ReadOnlySpan<KernelEvent> events)
    {
        ulong packed = 0;
        for (int i = 0; i < events.Length; i++)
        {
            packed |= (events[i].Token | (Squeeze(events[i].Readiness) << NameBits)) << (i * EventBits);
        }

        return packed;
    }

    public static (int Name, Readiness Readiness) At(ulong packed, int index)
    {
        ulong one = packed >> (index * EventBits);
        return ((int)(one & 31), Stretch((one >> NameBits) & 63));
    }

    // RDHUP is far from the other five bits.
    private static ulong Squeeze(Readiness readiness) =>
        ((uint)readiness & 31) | ((readiness & Readiness.ReadHangUp) != 0 ? 32u : 0);

    private static Readiness Stretch(ulong bits) =>
        (Readiness)(uint)(bits & 31) | ((bits & 32) != 0 ? Readiness.ReadHangUp : Readiness.None);
}

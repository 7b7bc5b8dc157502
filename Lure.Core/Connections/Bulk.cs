using System.Numerics;
using System.Runtime.CompilerServices;
using Lure.Analyzers;
using Lure.Core.Kernel;

namespace Lure.Core.Connections;

/// <summary>
/// Which directions are bulk streams, and so moved by splice(2) instead of being copied: bookkeeping in
/// the flag word, by source, that no transition looks at.
/// </summary>
/// <remarks>
/// A direction that spends its budget of a turn is bulk. It is told by its lean turns that it is none
/// any more, and not by the first of them: at the pace of a sender a stream runs dry now and then, and
/// messages of a few blocks are cheaper to copy.
/// </remarks>
[HotPath]
public static class Bulk
{
    /// <summary>Lean turns in a row that end it.</summary>
    public const int Patience = 3;

    private const int Shift = 56;
    private const int Bits = 2;
    private const ulong Mask = (1UL << Bits) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBulk(ConnectionFlags flags, Side source) => Left(flags, source) != 0;

    /// <summary>
    /// Unix sockets are copied: a splice of one stops at a passed descriptor, and what it saves was not
    /// measured to be worth it. So is a direction whose splice was refused.
    /// </summary>
    public static bool MaySplice(ConnectionFlags flags, Side source) =>
        !flags.Has(ConnectionFlags.ClientUnix | ConnectionFlags.ServerUnix | Refusal(source));

    /// <summary>A turn moved much.</summary>
    public static ConnectionFlags Fed(ConnectionFlags flags, Side source) => Set(flags, source, Patience);

    /// <summary>A turn moved little.</summary>
    public static ConnectionFlags Lean(ConnectionFlags flags, Side source)
    {
        ulong left = Left(flags, source);
        return left == 0 ? flags : Set(flags, source, left - 1);
    }

    /// <summary>It is copied until it proves to be bulk again.</summary>
    public static ConnectionFlags Ended(ConnectionFlags flags, Side source) => Set(flags, source, 0);

    /// <summary>It is copied for good: the kernel does not splice this socket.</summary>
    public static ConnectionFlags Refused(ConnectionFlags flags, Side source) => Ended(flags, source) | Refusal(source);

    private static ConnectionFlags Refusal(Side source) =>
        source == Side.Client ? ConnectionFlags.ClientCopied : ConnectionFlags.ServerCopied;

    private static int ShiftOf(Side source) => Shift + (Bits * (int)source);

    private static ulong Left(ConnectionFlags flags, Side source) =>
        BitOperations.RotateRight((ulong)flags, ShiftOf(source)) & Mask;

    private static ConnectionFlags Set(ConnectionFlags flags, Side source, ulong left) =>
        (ConnectionFlags)(((ulong)flags & ~(Mask << ShiftOf(source))) | (left << ShiftOf(source)));
}

using System.Runtime.CompilerServices;
using Lure.Analyzers;
using Lure.Core.Kernel;

namespace Lure.Core.Connections;

/// <summary>Reads and writes the flag word by side: one function serves both directions, with source and target swapped.</summary>
[HotPath]
public static class SideFlags
{
    private const int Shift = 12;

    /// <summary>A side's bits, at that side's place in the word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConnectionFlags On(this ConnectionFlags bits, Side side) =>
        (ConnectionFlags)((ulong)bits << ((int)side * Shift));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Has(this ConnectionFlags flags, ConnectionFlags bit, Side side) => (flags & bit.On(side)) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Has(this ConnectionFlags flags, ConnectionFlags bit) => (flags & bit) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Side Other(this Side side) => side ^ Side.Server;
}

using System;
using System.Runtime.InteropServices;
using Lure.Analyzers;
using Lure.Core.Kernel;

namespace Lure.Core.Connections;

/// <summary>
/// What every event of a session reads: one cache line. Arrays are indexed by <see cref="Side"/>; of
/// a direction, by its source, so index 0 is also "up" and 1 is "down".
/// </summary>
[HotPath]
[StructLayout(LayoutKind.Sequential, Size = 64)]
public unsafe struct Connection
{
    /// <summary>Worker in the upper 8 bits, a running number below.</summary>
    public ulong Id;

    public ConnectionFlags Flags;

    /// <summary>Bytes received from each side.</summary>
    public fixed long Received[2];

    /// <summary>Valid while the side is <see cref="ConnectionFlags.Open"/>.</summary>
    public fixed int Fd[2];

    /// <summary>
    /// What holds the bytes that came from each side and could not be written yet: the number of a
    /// block, or that of a pipe below 0; 0 for nothing. A direction never has both.
    /// </summary>
    public fixed int Held[2];

    /// <summary>Bytes that may still be read from each side in this turn; a short read counts as more than it brought.</summary>
    public fixed int Budget[2];

    /// <summary>Counts the sessions that this slot has held; part of every token.</summary>
    public uint Generation;

    /// <summary>Tick (ms of the loop's clock, rounded up) at which a byte last moved, either way.</summary>
    public uint ActiveAt;

    /// <summary>The block of a direction; 0 when it has none.</summary>
    public readonly int BlockOf(Side source) => Math.Max(Held[(int)source], 0);

    /// <summary>The pipe of a direction; 0 when it has none.</summary>
    public readonly int PipeOf(Side source) => Math.Max(-Held[(int)source], 0);
}

using Lure.Analyzers;

namespace Lure.Core.Kernel;

/// <summary>Which half of a session something is about.</summary>
public enum Side
{
    Client = 0,
    Server = 1,
}

/// <summary>
/// What epoll carries for us (epoll_data): generation in the upper half; kind, side and index in the
/// lower. A descriptor would not do: it is reused within the batch in which it was closed.
/// </summary>
[HotPath]
public readonly record struct Token(ulong Raw)
{
    private const ulong ListenerBit = 1UL << 31;
    private const ulong ServerBit = 1UL << 30;
    private const ulong IndexMask = ServerBit - 1;

    /// <summary>The largest index a token can carry.</summary>
    public const int IndexMax = (int)IndexMask;

    /// <summary>Only wakes the loop; its mailbox is looked at in every turn.</summary>
    public const ulong Wake = ulong.MaxValue;

    public bool IsListener => (Raw & ListenerBit) != 0;

    public Side Side => (Raw & ServerBit) != 0 ? Side.Server : Side.Client;

    public int Index => (int)(Raw & IndexMask);

    public uint Generation => (uint)(Raw >> 32);

    public static ulong ForListener(int index) => ListenerBit | (uint)index;

    public static ulong ForSession(int index, uint generation, Side side) =>
        ((ulong)generation << 32) | (side == Side.Server ? ServerBit : 0) | (uint)index;
}

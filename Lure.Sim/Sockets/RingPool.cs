using System.Collections.Generic;
using System.Numerics;

namespace Lure.Sim.Sockets;

/// <summary>
/// The memory of all queues, by size. A queue has some only while it holds bytes, so a world is
/// warm as soon as it has carried its largest load once, whichever sockets carried it.
/// </summary>
internal sealed class RingPool
{
    private const int SmallestBits = 8;
    private const int Sizes = 31 - SmallestBits;

    private readonly Stack<byte[]>?[] _spare = new Stack<byte[]>?[Sizes];

    /// <summary>Rings that queues have: none where no byte is queued.</summary>
    public int Lent { get; private set; }

    /// <returns>A ring of the next power of two.</returns>
    public byte[] Rent(int bytes)
    {
        Lent++;
        int size = SizeOf(bytes);
        return _spare[size] is { } rings && rings.TryPop(out byte[]? ring)
            ? ring
            : new byte[1 << (size + SmallestBits)];
    }

    public void Return(byte[] ring)
    {
        Lent--;
        (_spare[SizeOf(ring.Length)] ??= new Stack<byte[]>()).Push(ring);
    }

    private static int SizeOf(int bytes) =>
        bytes <= 1 << SmallestBits ? 0 : BitOperations.Log2((uint)bytes - 1) + 1 - SmallestBits;
}

using System;
using System.Text;
using Lure.Core.Kernel;

namespace Lure.Linux.Conformance;

/// <summary>
/// Addresses that nobody else of this host uses. The loopback has sixteen million of them, so a
/// connection that rests in TIME_WAIT never stands in the way of a later one.
/// </summary>
internal sealed class FreshAddresses
{
    private const byte Loopback = 127;
    private const int LastBytes = 254;

    private readonly byte[] _name = Encoding.ASCII.GetBytes(
        string.Create(null, $"\0lure-conform-{Environment.ProcessId}-{Guid.NewGuid():N}-")
    );

    // Somewhere: two runs, in one process or in two, shall not meet.
    private uint _count = BitConverter.ToUInt32(Guid.NewGuid().ToByteArray());

    public SocketAddress Next(ushort family)
    {
        _count++;
        return family == SocketAddress.FamilyUnix ? Unix() : IPv4();
    }

    private SocketAddress IPv4()
    {
        const int Length = 16;
        Span<byte> bytes = stackalloc byte[Length];
        bytes.Clear();
        BitConverter.TryWriteBytes(bytes, SocketAddress.FamilyIPv4);
        bytes[4] = Loopback;
        bytes[5] = (byte)(1 + (_count / LastBytes / 256 % LastBytes));
        bytes[6] = (byte)(_count / LastBytes);
        bytes[7] = (byte)(1 + (_count % LastBytes));
        return SocketAddress.From(bytes);
    }

    private SocketAddress Unix()
    {
        Span<byte> bytes = stackalloc byte[SocketAddress.Capacity];
        bytes.Clear();
        BitConverter.TryWriteBytes(bytes, SocketAddress.FamilyUnix);
        int length = sizeof(ushort);
        _name.CopyTo(bytes[length..]);
        length += _name.Length;
        BitConverter.TryWriteBytes(bytes[length..], _count);
        return SocketAddress.From(bytes[..(length + sizeof(uint))]);
    }
}

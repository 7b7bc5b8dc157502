using System;
using System.Buffers.Binary;
using Lure.Core.Kernel;

namespace Lure.Sim;

/// <summary>Addresses for the fake network, laid out as the real ones (ip(7), ipv6(7)).</summary>
public static class FakeAddress
{
    private const int IPv4Length = 16;
    private const int IPv6Length = 28;
    private const int UnixLength = 8;
    private const int UnixNumberAt = 4;

    /// <summary>127.0.0.1 and a port.</summary>
    public static SocketAddress IPv4(int port) => IPv4(127, 0, 0, 1, port);

    /// <summary>a.b.c.d and a port.</summary>
    public static SocketAddress IPv4(byte a, byte b, byte c, byte d, int port)
    {
        Span<byte> bytes = stackalloc byte[IPv4Length];
        WriteHead(bytes, SocketAddress.FamilyIPv4, port);
        bytes[4] = a;
        bytes[5] = b;
        bytes[6] = c;
        bytes[7] = d;
        return SocketAddress.From(bytes);
    }

    /// <summary>::1 and a port.</summary>
    public static SocketAddress IPv6(int port)
    {
        Span<byte> bytes = stackalloc byte[IPv6Length];
        WriteHead(bytes, SocketAddress.FamilyIPv6, port);
        bytes[23] = 1;
        return SocketAddress.From(bytes);
    }

    /// <summary>What a unix socket without a name has: the family alone (unix(7)).</summary>
    public static SocketAddress UnnamedUnix()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BitConverter.TryWriteBytes(bytes, SocketAddress.FamilyUnix);
        return SocketAddress.From(bytes);
    }

    /// <summary>A name in the abstract namespace (unix(7)).</summary>
    public static SocketAddress Unix(int number)
    {
        Span<byte> bytes = stackalloc byte[UnixLength];
        BitConverter.TryWriteBytes(bytes, SocketAddress.FamilyUnix);
        BinaryPrimitives.WriteInt32BigEndian(bytes[UnixNumberAt..], number);
        return SocketAddress.From(bytes);
    }

    /// <summary>The port of an address of the internet; 0 leaves it to the kernel.</summary>
    internal static int PortOf(in SocketAddress address) =>
        BinaryPrimitives.ReadUInt16BigEndian(address.Bytes[sizeof(ushort)..]);

    /// <summary>The port of an address of the internet, the number of a name that <see cref="Unix"/> made; 0 for any other.</summary>
    internal static int NumberOf(in SocketAddress address) =>
        address.Family != SocketAddress.FamilyUnix ? PortOf(address)
        : address.Length == UnixLength ? BinaryPrimitives.ReadInt32BigEndian(address.Bytes[UnixNumberAt..])
        : 0;

    private static void WriteHead(Span<byte> sockaddr, ushort family, int port)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        BitConverter.TryWriteBytes(sockaddr, family);
        BinaryPrimitives.WriteUInt16BigEndian(sockaddr[2..], (ushort)port);
    }
}

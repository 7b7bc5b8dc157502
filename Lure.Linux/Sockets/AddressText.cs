using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using SocketAddress = Lure.Core.Kernel.SocketAddress;

namespace Lure.Linux.Sockets;

/// <summary>Addresses as people write them.</summary>
internal static class AddressText
{
    private const int PortOffset = 2;
    private const int IPv4Offset = 4;
    private const int IPv6Offset = 8;
    private const int ScopeOffset = 24;
    private const int PathOffset = 2;

    /// <returns>
    /// <c>127.0.0.1:80</c>, <c>[::1]:80</c>, <c>unix:/path</c>, <c>unix:@name</c>. A mapped address is
    /// printed as the IPv4 address that it stands for.
    /// </returns>
    public static string Of(in SocketAddress address) =>
        address.Family switch
        {
            SocketAddress.FamilyIPv4 => new IPEndPoint(
                new IPAddress(address.Bytes.Slice(IPv4Offset, 4)),
                Port(address)
            ).ToString(),
            SocketAddress.FamilyIPv6 => OfIPv6(address),
            SocketAddress.FamilyUnix => OfUnix(address.Bytes[PathOffset..]),
            _ => string.Create(CultureInfo.InvariantCulture, $"address family {address.Family}"),
        };

    /// <summary>0 for a unix socket.</summary>
    public static int Port(in SocketAddress address) =>
        address.Family is SocketAddress.FamilyIPv4 or SocketAddress.FamilyIPv6
            ? BinaryPrimitives.ReadUInt16BigEndian(address.Bytes[PortOffset..])
            : 0;

    private static string OfIPv6(in SocketAddress address)
    {
        uint scope = BitConverter.ToUInt32(address.Bytes[ScopeOffset..]);
        IPAddress host = new(address.Bytes.Slice(IPv6Offset, 16), scope);
        return new IPEndPoint(host.IsIPv4MappedToIPv6 ? host.MapToIPv4() : host, Port(address)).ToString();
    }

    private static string OfUnix(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty)
        {
            return "unix:";
        }

        if (path[0] == 0)
        {
            return "unix:@" + Encoding.UTF8.GetString(path[1..]);
        }

        int end = path.IndexOf((byte)0);
        return "unix:" + Encoding.UTF8.GetString(end < 0 ? path : path[..end]);
    }
}

using System;
using System.Buffers.Binary;
using Lure.Analyzers;
using Lure.Core.Kernel;
using Lure.Core.Records;

namespace Lure.Core.Backends;

/// <summary>What the source balance sees of a client: its address without its port.</summary>
[HotPath]
internal static class ClientHash
{
    private const int IPv4At = 4;
    private const int IPv6At = 8;

    /// <summary>An IPv4 client hashes the same whether it came over an IPv4 or an IPv6 socket. Unix clients are all one.</summary>
    public static ulong Of(in ClientAddress client)
    {
        ReadOnlySpan<byte> bytes = client.Bytes;
        if (client.Family == SocketAddress.FamilyIPv4)
        {
            return Random64.Mix(BinaryPrimitives.ReadUInt32BigEndian(bytes[IPv4At..]));
        }

        if (client.Family != SocketAddress.FamilyIPv6)
        {
            return 0;
        }

        ulong high = BinaryPrimitives.ReadUInt64BigEndian(bytes[IPv6At..]);
        ulong low = BinaryPrimitives.ReadUInt64BigEndian(bytes[(IPv6At + 8)..]);
        bool mapped = high == 0 && low >> 32 == 0xFFFF;
        return mapped ? Random64.Mix((uint)low) : Random64.Mix(Random64.Mix(high) ^ low);
    }
}

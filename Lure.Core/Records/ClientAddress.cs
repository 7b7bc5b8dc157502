using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Lure.Analyzers;
using Lure.Core.Kernel;

namespace Lure.Core.Records;

/// <summary>
/// A client's sockaddr_in or sockaddr_in6. A unix client has no address worth keeping: its family
/// alone is stored, which is what makes 28 bytes enough.
/// </summary>
[HotPath]
public struct ClientAddress
{
    public const int Capacity = 28;

    private Storage _bytes;

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Bytes => _bytes;

    public readonly ushort Family => Unsafe.As<Storage, ushort>(ref Unsafe.AsRef(in _bytes));

    public static ClientAddress From(in SocketAddress peer)
    {
        ClientAddress address = default;
        ReadOnlySpan<byte> bytes = peer.Bytes;
        bytes[..Math.Min(bytes.Length, Capacity)].CopyTo(address._bytes);
        return address;
    }

    [InlineArray(Capacity)]
    private struct Storage
    {
        private byte _first;
    }
}

using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Lure.Analyzers;

namespace Lure.Core.Kernel;

/// <summary>
/// The bytes of a sockaddr, opaque to the loop but for the family and the source hash. Large
/// enough for sockaddr_un (110 bytes, unix(7)).
/// </summary>
[HotPath]
public struct SocketAddress
{
    public const int Capacity = 112;
    public const ushort FamilyUnix = 1;
    public const ushort FamilyIPv4 = 2;
    public const ushort FamilyIPv6 = 10;

    private Storage _bytes;

    /// <summary>Bytes in use, as the calls take and return them (socklen_t).</summary>
    public int Length { get; set; }

    /// <summary>AF_UNIX, AF_INET, AF_INET6, or 0 when empty. The first two bytes, in host order.</summary>
    [UnscopedRef]
    public readonly ushort Family =>
        Length < sizeof(ushort) ? (ushort)0 : Unsafe.As<Storage, ushort>(ref Unsafe.AsRef(in _bytes));

    /// <summary>The whole storage, to be filled; set <see cref="Length"/> after it.</summary>
    [UnscopedRef]
    public Span<byte> Buffer => _bytes;

    /// <summary>The bytes in use.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Bytes => ((ReadOnlySpan<byte>)_bytes)[..Length];

    public static SocketAddress From(ReadOnlySpan<byte> sockaddr)
    {
        SocketAddress address = default;
        sockaddr.CopyTo(address.Buffer);
        address.Length = sockaddr.Length;
        return address;
    }

    [InlineArray(Capacity)]
    private struct Storage
    {
        private byte _first;
    }
}

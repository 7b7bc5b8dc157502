using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Net;
using SocketAddress = Lure.Core.Kernel.SocketAddress;

namespace Lure.Linux.Configuration;

/// <summary>
/// Which addresses of a configuration are taken. All addresses of a host overlap with each of them:
/// bind(2) refuses the second one, and it would do so only at the start.
/// </summary>
internal sealed class AddressClaims
{
    private readonly Dictionary<string, Claim> _exact = [];
    private readonly Dictionary<(int Port, bool IPv6), Claim> _wildcards = [];
    private readonly Dictionary<(int Port, bool IPv6), Claim> _any = [];

    /// <summary>Who holds an address.</summary>
    internal readonly record struct Claim(string Text, string Listener, Place Place);

    /// <summary>The earlier claim that an address overlaps with; null and claimed if there is none.</summary>
    public Claim? Take(BindAddress bind, Claim claim)
    {
        SocketAddress address = bind.Address;
        if (address.Family == SocketAddress.FamilyUnix)
        {
            return Exact(Convert.ToHexString(address.Bytes), claim);
        }

        int port = BinaryPrimitives.ReadUInt16BigEndian(address.Bytes[2..]);
        if (port == 0)
        {
            return null; // The kernel gives each a port of its own.
        }

        bool isIPv6 = address.Family == SocketAddress.FamilyIPv6;
        if (bind.AnyFamily)
        {
            return Wildcard(port, true, claim) ?? Wildcard(port, false, claim);
        }

        IPAddress ip = isIPv6 ? new IPAddress(address.Bytes[8..24]) : new IPAddress(address.Bytes[4..8]);
        if (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))
        {
            return Wildcard(port, isIPv6, claim);
        }

        if (_wildcards.TryGetValue((port, isIPv6), out Claim wildcard))
        {
            return wildcard;
        }

        _any.TryAdd((port, isIPv6), claim);
        return Exact(Convert.ToHexString(address.Bytes), claim);
    }

    private Claim? Exact(string key, Claim claim) => _exact.TryAdd(key, claim) ? null : _exact[key];

    private Claim? Wildcard(int port, bool isIPv6, Claim claim)
    {
        if (_wildcards.TryGetValue((port, isIPv6), out Claim earlier) || _any.TryGetValue((port, isIPv6), out earlier))
        {
            return earlier;
        }

        _wildcards.Add((port, isIPv6), claim);
        return null;
    }
}

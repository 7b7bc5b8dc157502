using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;

namespace Lure.Linux.Configuration;

/// <summary>Looks names up, each once.</summary>
/// <param name="resolve">The addresses of a name in the order of preference, or a <see cref="SocketException"/>.</param>
internal sealed class NameLookup(Func<string, IPAddress[]> resolve)
{
    private readonly Dictionary<string, (IPAddress[] Addresses, Fault Fault)> _known = [];

    /// <summary>getaddrinfo(3): /etc/hosts, the name servers, and whatever else this host is set up to ask.</summary>
    public static NameLookup OfThisHost() => new(Dns.GetHostAddresses);

    /// <summary>Empty, with a fault, if the name has none.</summary>
    public IPAddress[] Find(string name, out Fault fault)
    {
        if (!_known.TryGetValue(name, out (IPAddress[] Addresses, Fault Fault) found))
        {
            found = Look(name);
            _known.Add(name, found);
        }

        fault = found.Fault;
        return found.Addresses;
    }

    private (IPAddress[] Addresses, Fault Fault) Look(string name)
    {
        IPAddress[] addresses;
        try
        {
            addresses = resolve(name);
        }
        catch (SocketException e)
        {
            return ([], FaultOf(name, e.SocketErrorCode));
        }
        catch (ArgumentException)
        {
            return ([], FaultOf(name, SocketError.HostNotFound));
        }

        List<IPAddress> distinct = [];
        foreach (IPAddress address in addresses)
        {
            IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            if (!distinct.Contains(plain))
            {
                distinct.Add(plain);
            }
        }

        return distinct.Count == 0 ? ([], FaultOf(name, SocketError.NoData)) : ([.. distinct], default);
    }

    private static Fault FaultOf(string name, SocketError error) =>
        error is SocketError.HostNotFound or SocketError.NoData
            ? new Fault(
                ErrorId.NameUnresolved,
                $"\"{name}\" does not resolve: no such name, or it has no address",
                $"getent hosts {name} asks the same"
            )
            : new Fault(
                ErrorId.NameUnresolved,
                $"\"{name}\" does not resolve: no name server answers ({error})",
                "see /etc/resolv.conf, or write the address"
            );
}

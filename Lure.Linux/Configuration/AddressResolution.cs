using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Net;
using System.Net.Sockets;
using Lure.Core.Backends;
using SocketAddress = Lure.Core.Kernel.SocketAddress;

namespace Lure.Linux.Configuration;

/// <summary>From what was written to what bind(2) and connect(2) take.</summary>
internal static class AddressResolution
{
    /// <summary>Empty if something is wrong, which is then reported.</summary>
    public static ImmutableArray<BindAddress> Binds(string text, Place place, NameLookup names, ProblemList problems)
    {
        if (Parse(text, AddressRole.Listen, place, problems) is not { } address)
        {
            return [];
        }

        if (address.Kind == AddressKind.Port)
        {
            return [new BindAddress(text, SocketAddresses.Of(IPAddress.IPv6Any, address.Port), AnyFamily: true)];
        }

        ImmutableArray<BindAddress>.Builder binds = ImmutableArray.CreateBuilder<BindAddress>();
        foreach (SocketAddress each in Resolve(address, place, names, problems))
        {
            binds.Add(new BindAddress(text, each, AnyFamily: false));
        }

        return binds.DrainToImmutable();
    }

    /// <summary>
    /// The servers that a written one becomes: a name with several addresses is that many, called
    /// <c>NAME</c>, <c>NAME#2</c> and so on. Not <c>NAME/2</c>: logs write backend/server.
    /// </summary>
    /// <param name="written">Of which the address is still to be filled in.</param>
    /// <param name="text">Its address.</param>
    /// <param name="place">Of that text.</param>
    /// <param name="names">Asked for a host's name only.</param>
    /// <param name="problems">Takes what is wrong; the result is empty then.</param>
    public static IEnumerable<ServerSpec> Servers(
        ServerSpec written,
        string text,
        Place place,
        NameLookup names,
        ProblemList problems
    )
    {
        if (Parse(text, AddressRole.Server, place, problems) is not { } address)
        {
            yield break;
        }

        int count = 0;
        foreach (SocketAddress each in Resolve(address, place, names, problems))
        {
            count++;
            string name = count == 1 ? written.Name : $"{written.Name}#{count}";
            yield return written with
            {
                Name = name,
                Address = each,
            };
        }
    }

    private static AddressText? Parse(string text, AddressRole role, Place place, ProblemList problems)
    {
        AddressText? address = AddressText.Parse(text, role, out Fault fault);
        if (address is null)
        {
            problems.Add(place, fault);
        }

        return address;
    }

    private static List<SocketAddress> Resolve(AddressText address, Place place, NameLookup names, ProblemList problems)
    {
        switch (address.Kind)
        {
            case AddressKind.Unix:
                // One path has one spelling, or a socket could be bound twice.
                string path = address.Host[0] == '@' ? address.Host : Path.GetFullPath(address.Host);
                return [SocketAddresses.OfUnix(path)];
            case AddressKind.Numeric:
                return [SocketAddresses.Of(address.Numeric!, address.Port)];
            case AddressKind.Port:
                // What a user of HAProxy or nginx writes as 127.0.0.1: one server, and no lookup.
                return [SocketAddresses.Of(IPAddress.Loopback, address.Port)];
            default:
                IPAddress[] found = names.Find(address.Host, out Fault fault);
                if (found.Length == 0)
                {
                    problems.Add(place, fault);
                }

                List<SocketAddress> addresses = [];
                foreach (IPAddress each in found)
                {
                    if (each.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6)
                    {
                        addresses.Add(SocketAddresses.Of(each, address.Port));
                    }
                }

                return addresses;
        }
    }
}

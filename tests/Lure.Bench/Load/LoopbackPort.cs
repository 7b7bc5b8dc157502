using System.Net;
using Lure.Core.Kernel;
using Lure.Linux.Configuration;
using Lure.Linux.Sockets;
using SocketAddress = Lure.Core.Kernel.SocketAddress;

namespace Lure.Bench.Load;

/// <summary>Ports of 127.0.0.1.</summary>
internal static class LoopbackPort
{
    /// <summary>A socket that listens on a port of the kernel's choice; who gets it closes it.</summary>
    public static int Listen(out int port)
    {
        SetUpSocket socket = Bind(out port);
        Require(socket.Listen(), "listen");
        return socket.Descriptor;
    }

    /// <summary>
    /// A port that was free a moment ago, for a program that has to be told one. Somebody else may
    /// take it before that program does, which then says so and ends.
    /// </summary>
    public static int FindFree()
    {
        Bind(out int port).Close();
        return port;
    }

    public static SocketAddress Address(int port) => SocketAddresses.Of(IPAddress.Loopback, port);

    private static SetUpSocket Bind(out int port)
    {
        Require(SetUpSocket.Open(SocketAddress.FamilyIPv4, out SetUpSocket socket), "socket");
        Require(socket.Bind(Address(0)), "bind");
        Require(socket.Name(out SocketAddress bound), "getsockname");
        port = PrintedAddress.Port(bound);
        return socket;
    }

    private static void Require(int result, string call)
    {
        if (result < 0)
        {
            throw new LoadException($"{call}: {ErrnoName.Of(-result)}");
        }
    }
}

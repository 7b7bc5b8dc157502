using System;
using System.Globalization;
using System.IO;
using System.Net;
using Lure.Core.Kernel;
using Lure.Linux.Configuration;
using Lure.Linux.Sockets;
using SocketAddress = Lure.Core.Kernel.SocketAddress;

namespace Lure.Bench.Load;

/// <summary>Ports of 127.0.0.1.</summary>
/// <remarks>
/// From below those that the kernel gives to who connects (net.ipv4.ip_local_port_range), as a server's is: towards a
/// port of that range a relay has to see to it that it was not connected to itself, which costs a call.
/// </remarks>
internal static class LoopbackPort
{
    private const string EphemeralRange = "/proc/sys/net/ipv4/ip_local_port_range";
    private const int FirstUnprivileged = 1024;

    /// <summary>Below this much room the kernel chooses: so few ports may all be taken.</summary>
    private const int RoomMin = 1000;
    private const int TriesMax = 100;

    /// <summary>A socket that listens on a port that was free; who gets it closes it.</summary>
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
        int ephemeral = FirstEphemeral();
        for (int tries = 0; ephemeral - FirstUnprivileged >= RoomMin && tries < TriesMax; tries++)
        {
            SetUpSocket chosen = Open();
            port = Random.Shared.Next(FirstUnprivileged, ephemeral);
            if (chosen.Bind(Address(port)) == 0)
            {
                return chosen;
            }

            chosen.Close();
        }

        SetUpSocket socket = Open();
        Require(socket.Bind(Address(0)), "bind");
        Require(socket.Name(out SocketAddress bound), "getsockname");
        port = PrintedAddress.Port(bound);
        return socket;
    }

    private static SetUpSocket Open()
    {
        Require(SetUpSocket.Open(SocketAddress.FamilyIPv4, out SetUpSocket socket), "socket");
        return socket;
    }

    private static int FirstEphemeral() =>
        int.Parse(File.ReadAllText(EphemeralRange).Split('\t')[0], CultureInfo.InvariantCulture);

    private static void Require(int result, string call)
    {
        if (result < 0)
        {
            throw new LoadException($"{call}: {ErrnoName.Of(-result)}");
        }
    }
}

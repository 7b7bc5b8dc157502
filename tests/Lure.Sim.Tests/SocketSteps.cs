using System;
using System.Linq;
using System.Text;
using Lure.Core.Kernel;
using Lure.Sim.Polling;
using Lure.Sim.Sockets;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>The steps that tests of sockets and pipes themselves are made of.</summary>
internal static class SocketSteps
{
    public static (TcpSocket Client, TcpSocket Server) TcpPair(this FakeWorld world) => world.TcpPair(Rig.Backend);

    /// <summary>By a listener of its own: another one at that address would be served in turn.</summary>
    public static (TcpSocket Client, TcpSocket Server) TcpPair(this FakeWorld world, in SocketAddress address)
    {
        TcpSocket listener = world.Network.Create();
        listener.Listen(address, 9);
        TcpSocket client = world.Network.Create();
        client.Connect(address);
        TcpSocket? server = listener.TakeAccepted();
        Assert.That(server, Is.Not.Null, "one listener at that address");
        return (client, server!);
    }

    public static UnixSocket UnixListener(this FakeWorld world)
    {
        UnixSocket listener = world.Network.CreateUnix();
        Assert.That(listener.Bind(FakeAddress.Unix(1)), Is.Zero);
        listener.Listen(9);
        return listener;
    }

    public static (UnixSocket Client, UnixSocket Server) UnixPair(this FakeWorld world) =>
        world.UnixPair(world.UnixListener());

    public static (UnixSocket Client, UnixSocket Server) UnixPair(this FakeWorld world, UnixSocket listener)
    {
        UnixSocket client = world.Network.CreateUnix();
        Assert.That(client.Connect(FakeAddress.Unix(1)), Is.Zero);
        return (client, listener.TakeAccepted()!);
    }

    /// <summary>All that is there, up to 64 bytes.</summary>
    public static string ReadText(this StreamSocket socket)
    {
        byte[] bytes = new byte[64];
        return Encoding.ASCII.GetString(bytes, 0, socket.Receive(bytes, []));
    }

    /// <summary>A slot for each length, as a splice makes them.</summary>
    public static void Fill(this Pipe pipe, params ReadOnlySpan<int> lengths)
    {
        foreach (int length in lengths)
        {
            ByteQueue bytes = new(new RingPool());
            bytes.Append(new byte[length]);
            pipe.Fill(bytes, length);
        }
    }

    /// <summary>Watches for edges; what there is to tell at once is told already.</summary>
    public static Epoll Edges(Descriptors.OpenFile file, Interest interest)
    {
        Epoll epoll = new();
        Assert.That(epoll.Add(1, file, interest | Interest.EdgeTriggered, 1), Is.Zero);
        epoll.Next();
        return epoll;
    }

    /// <summary>What is told now: none when there is nothing.</summary>
    public static Readiness Next(this Epoll epoll)
    {
        KernelEvent[] events = new KernelEvent[1];
        return epoll.Collect(events) == 0 ? Readiness.None : events[0].Readiness;
    }

    /// <summary>Of whom is told now, in which order.</summary>
    public static string Tokens(this Epoll epoll)
    {
        KernelEvent[] events = new KernelEvent[8];
        int count = epoll.Collect(events);
        return string.Join(' ', events[..count].Select(reported => reported.Token));
    }
}

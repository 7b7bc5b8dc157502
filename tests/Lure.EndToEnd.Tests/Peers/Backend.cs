using System;
using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests.Peers;

/// <summary>A server that accepts when the test says so.</summary>
internal sealed class Backend : IDisposable
{
    private readonly Socket _socket;

    private Backend(EndPoint address)
    {
        _socket = Peer.NewSocket(address);
        _socket.Bind(address);
    }

    /// <summary>As a command line or a file names it.</summary>
    public string Address =>
        _socket.LocalEndPoint is UnixDomainSocketEndPoint path ? $"unix:{path}" : _socket.LocalEndPoint!.ToString()!;

    public EndPoint EndPoint => _socket.LocalEndPoint!;

    /// <summary>Whether a connection waits to be accepted.</summary>
    public bool HasPending => _socket.Poll(0, SelectMode.SelectRead);

    public static Backend Listening() => Refusing().Listen();

    public static Backend Listening(EndPoint address) => new Backend(address).Listen();

    /// <summary>Owns a port on which nobody listens: connects are refused, and no one else can take it.</summary>
    public static Backend Refusing() => new(new IPEndPoint(IPAddress.Loopback, 0));

    /// <summary>
    /// A listener whose queue one connection fills: the kernel drops every further SYN, so that
    /// connects neither succeed nor fail.
    /// </summary>
    /// <param name="filler">The connection in the queue; accepting it makes room again.</param>
    public static Backend Silent(out Peer filler)
    {
        var backend = Refusing();
        backend._socket.Listen(0);
        filler = Peer.Connect(backend.EndPoint);
        return backend;
    }

    public Backend Listen()
    {
        _socket.Listen(4096);
        return this;
    }

    public Peer Accept()
    {
        Assert.That(_socket.Poll(Peer.Patience, SelectMode.SelectRead), Is.True, "no connection came to the backend");
        return new Peer(_socket.Accept());
    }

    /// <summary>Forgets what an earlier test left in the queue.</summary>
    public void DropPending()
    {
        while (HasPending)
        {
            _socket.Accept().Dispose();
        }
    }

    public void Dispose() => _socket.Dispose();
}

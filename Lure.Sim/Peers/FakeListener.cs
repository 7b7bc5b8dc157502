using System;
using Lure.Core.Kernel;
using Lure.Sim.Sockets;

namespace Lure.Sim.Peers;

/// <summary>A server that the loop connects to, moved by a test.</summary>
public sealed class FakeListener
{
    private readonly TcpSocket _socket;

    internal FakeListener(TcpSocket socket) => _socket = socket;

    public SocketAddress Address => _socket.Local;

    /// <summary>Connections that wait to be accepted.</summary>
    public int Pending => _socket.Queued;

    /// <summary>The window of the connections to come, in bytes.</summary>
    public int Window
    {
        get => _socket.ReceiveCapacity;
        set => _socket.ReceiveCapacity = value;
    }

    /// <exception cref="InvalidOperationException">Nobody has connected.</exception>
    public FakePeer Accept() =>
        TryAccept() ?? throw new InvalidOperationException("nobody waits to be accepted: was there a turn since?");

    public FakePeer? TryAccept() => _socket.TakeAccepted() is { } socket ? new FakePeer(socket) : null;

    /// <summary>Closes: who was not accepted is reset, who comes later is refused.</summary>
    public void Close() => _socket.Close();
}

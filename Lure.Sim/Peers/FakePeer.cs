using System;
using Lure.Core.Kernel;
using Lure.Sim.Sockets;

namespace Lure.Sim.Peers;

/// <summary>The far end of one of the loop's connections, moved by a test.</summary>
public sealed class FakePeer
{
    private TcpSocket? _socket;
    private PeerEnd _endAtClose;

    internal FakePeer(TcpSocket socket) => _socket = socket;

    /// <summary>The handshake is done, whether the connection still lives or not.</summary>
    public bool IsConnected => Socket.State != TcpState.SynSent && !Socket.NeverConnected;

    /// <summary>How the loop ended its direction, as soon as that arrived; the first end counts.</summary>
    public PeerEnd SawEnd => _socket?.Ended ?? _endAtClose;

    /// <summary>Bytes that a read would find.</summary>
    public int Readable => Socket.Readable;

    /// <summary>Bytes sent here that have not arrived at the loop's socket; a FIN counts as one.</summary>
    public int Unacknowledged => Socket.Unacknowledged;

    /// <summary>The address of this end.</summary>
    public SocketAddress Address => Socket.Local;

    /// <summary>Bytes that this end holds unread: its window. 0 stops the loop's writes after its send buffer.</summary>
    public int Window
    {
        get => Socket.ReceiveCapacity;
        set => Socket.ReceiveCapacity = value;
    }

    /// <summary>Sends all of it.</summary>
    /// <exception cref="InvalidOperationException">Not all of it found room, or the connection is gone.</exception>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        int sent = TrySend(bytes);
        if (sent != bytes.Length)
        {
            throw new InvalidOperationException(
                $"{ErrnoName.OfResult(sent)} for {bytes.Length} bytes; TrySend takes what fits, WorldOptions.SendBuffer makes room"
            );
        }
    }

    /// <returns>Bytes accepted, or minus errno: as send(2).</returns>
    public int TrySend(ReadOnlySpan<byte> bytes) => Socket.Send(bytes, []);

    /// <summary>As recv(2).</summary>
    /// <returns>Bytes, 0 at the end, or minus errno.</returns>
    public int Read(Span<byte> target) => Socket.Receive(target, []);

    /// <summary>Takes what has arrived, up to a number of bytes; nothing when that is not there.</summary>
    public byte[] Read(int max = int.MaxValue)
    {
        byte[] bytes = new byte[Math.Min(max, Socket.Readable)];
        if (bytes.Length > 0)
        {
            Socket.Receive(bytes, []);
        }

        return bytes;
    }

    /// <summary>Sends a FIN after what was sent; reading goes on.</summary>
    public void Finish() => Socket.Shutdown(read: false, write: true);

    /// <summary>Stops reading for good: shutdown(SHUT_RD).</summary>
    public void StopReading() => Socket.Shutdown(read: true, write: false);

    /// <summary>Closes as close(2) does: a FIN, or a reset when bytes were left unread.</summary>
    public void Close()
    {
        TcpSocket socket = Socket;
        _endAtClose = socket.Ended;
        _socket = null;
        socket.Close();
    }

    /// <summary>Closes with SO_LINGER {1, 0}: a reset, and what was not delivered is gone.</summary>
    public void Reset()
    {
        Socket.ResetOnClose = true;
        Close();
    }

    /// <summary>Holds back all that this end sends, FIN and reset too; the bytes count as unacknowledged.</summary>
    public void HoldOutgoing(bool hold = true) => Socket.LinkHeld = hold;

    /// <summary>Holds back all that the loop's end sends.</summary>
    public void HoldIncoming(bool hold = true) => Opposite.LinkHeld = hold;

    /// <summary>Lets only so many more bytes through to the loop; FIN waits behind them.</summary>
    public void LimitOutgoing(long bytes) => Socket.LinkCredit = bytes;

    /// <summary>Lets only so many more bytes through from the loop.</summary>
    public void LimitIncoming(long bytes) => Opposite.LinkCredit = bytes;

    private TcpSocket Socket => _socket ?? throw new InvalidOperationException("this peer was closed by its test");

    private TcpSocket Opposite =>
        Socket.Opposite ?? throw new InvalidOperationException("this peer is not connected (yet, or any more)");
}

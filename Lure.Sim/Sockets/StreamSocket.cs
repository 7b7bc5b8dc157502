using System;
using Lure.Core.Kernel;
using Lure.Sim.Descriptors;

namespace Lure.Sim.Sockets;

/// <summary>One end of a connection, or a listener, as its owner sees it through calls and polls on Linux 6.18.</summary>
internal abstract class StreamSocket(Network network) : OpenFile
{
    private SocketAddress _local;
    private SocketAddress _remote;

    public Network Network => network;

    public abstract ushort Family { get; }

    /// <summary>Bytes of send buffer, without the overhead of skbs; of a unix socket with it.</summary>
    public int SendCapacity { get; set; }

    /// <summary>Whether a connect was ever started here: only then may SO_ERROR be asked.</summary>
    public bool WasConnecting { get; protected set; }

    public SocketOptions Options { get; } = new();

    /// <summary>How the other side ended its direction, the first end counts.</summary>
    public PeerEnd Ended { get; protected set; }

    public ref readonly SocketAddress Remote => ref _remote;

    public ref readonly SocketAddress Local => ref _local;

    /// <summary>The batch that last read here, and the one that last wrote.</summary>
    public long ReadBatch { get; set; }

    public long WriteBatch { get; set; }

    /// <summary>SO_LINGER {1, 0}.</summary>
    public bool ResetOnClose { get; set; }

    /// <summary>A listener holds one connection more than its backlog (sk_acceptq_is_full, unix_recvq_full).</summary>
    public int Backlog { get; protected set; }

    public abstract bool IsListening { get; }

    /// <summary>Whose connection it is, for who looks on: given by its maker, handed down by a connect; 0 for nobody's.</summary>
    public int Tag { get; set; }

    /// <summary>A connect was started and not answered yet.</summary>
    public abstract bool IsConnecting { get; }

    /// <summary>It has a peer, or had one until that one ended; only its own end is not over.</summary>
    public abstract bool IsEstablished { get; }

    /// <summary>No connect was ever answered well here.</summary>
    public abstract bool NeverConnected { get; }

    /// <summary>The other end, as long as there is one.</summary>
    public abstract StreamSocket? Opposite { get; }

    /// <summary>Connections that wait to be accepted.</summary>
    public abstract int Queued { get; }

    /// <summary>Bytes and FINs that were sent from here and have not reached the peer's kernel.</summary>
    public abstract int OnTheWay { get; }

    /// <summary>The one-shot error, positive; 0 for none.</summary>
    protected int PendingError { get; set; }

    /// <summary>Bytes that a read would find.</summary>
    public abstract int Readable { get; }

    /// <summary>FIONREAD.</summary>
    public abstract int Inquire();

    /// <summary>SIOCOUTQ.</summary>
    public abstract int Unacknowledged { get; }

    /// <summary>bind(2).</summary>
    /// <returns>0, -EINVAL, -EADDRINUSE, -EAFNOSUPPORT.</returns>
    public abstract int Bind(in SocketAddress address);

    /// <summary>listen(2).</summary>
    /// <returns>0, -EINVAL.</returns>
    public abstract int Listen(int backlog);

    /// <summary>connect(2).</summary>
    /// <returns>0, -EINPROGRESS, or minus the reason why not.</returns>
    public abstract int Connect(in SocketAddress address);

    /// <summary>The oldest connection of the accept queue, null when there is none.</summary>
    public abstract StreamSocket? TakeAccepted();

    /// <summary>recv(2) or readv(2).</summary>
    /// <param name="first">Filled first.</param>
    /// <param name="second">Filled with what is left.</param>
    /// <param name="limit">How many of the queued bytes have arrived by now, at most: the rest comes later, with an edge of its own.</param>
    /// <returns>Bytes, 0 at the end, or minus errno.</returns>
    public abstract int Receive(Span<byte> first, Span<byte> second, int limit = int.MaxValue);

    /// <summary>recv(2) with MSG_PEEK.</summary>
    public abstract int Peek(Span<byte> target);

    /// <summary>send(2) or writev(2), without a signal.</summary>
    /// <param name="first">Sent first.</param>
    /// <param name="second">Sent after it.</param>
    /// <param name="limit">Bytes that find room, at most.</param>
    /// <returns>Bytes, or minus errno.</returns>
    public abstract int Send(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int limit = int.MaxValue);

    /// <summary>splice(2) to a pipe with room.</summary>
    public abstract int SpliceTo(Pipe pipe, int length, int limit = int.MaxValue);

    /// <summary>splice(2) from a pipe.</summary>
    public abstract int SpliceFrom(Pipe pipe, int length, int limit = int.MaxValue);

    /// <summary>shutdown(2).</summary>
    public abstract int Shutdown(bool read, bool write);

    /// <summary>getpeername(2).</summary>
    /// <returns>0 or -ENOTCONN.</returns>
    public abstract int PeerName();

    /// <summary>SO_SNDBUF.</summary>
    /// <param name="bytes">As setsockopt(2) takes them, which doubles them for the overhead of skbs.</param>
    public abstract void SetSendBuffer(int bytes);

    /// <summary>SO_RCVLOWAT.</summary>
    public abstract void SetReceiveLowWater(int bytes);

    /// <summary>SO_ERROR: the one-shot error, which is gone after it.</summary>
    /// <returns>0 or an errno, positive.</returns>
    public int TakeError()
    {
        int error = PendingError;
        PendingError = 0;
        return error;
    }

    /// <summary>SO_RCVLOWAT in bytes: what is negative is the most (sk_setsockopt).</summary>
    protected static int LowWaterOf(int bytes) => bytes < 0 ? int.MaxValue : Math.Max(1, bytes);

    protected void SetLocal(in SocketAddress address) => _local = address;

    protected void SetRemote(in SocketAddress address) => _remote = address;

    /// <summary>As new, what is common to all families.</summary>
    protected void RenewCommon()
    {
        DropWatchers();
        (_local, _remote, References) = (default, default, 0);
        (ResetOnClose, WasConnecting, Ended, Backlog, PendingError) = (false, false, PeerEnd.None, 0, 0);
        (ReadBatch, WriteBatch, Tag) = (0, 0, 0);
        SendCapacity = network.Options.SendBuffer;
        Options.Clear();
    }
}

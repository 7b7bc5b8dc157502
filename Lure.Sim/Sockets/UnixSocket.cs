using System;
using System.Collections.Generic;
using Lure.Core.Kernel;

namespace Lure.Sim.Sockets;

/// <summary>
/// An AF_UNIX stream socket (net/unix/af_unix.c). There is no network between two of them: what is
/// sent lies in the reader's queue at once, a close is known at once, and memory is charged to the
/// sender until the reader has taken it.
/// </summary>
/// <remarks>
/// What is passed along with bytes (SCM_RIGHTS) is given to nobody; only where a read ends for it matters here.
/// Left out: credentials, urgent bytes, paths with permissions.
/// </remarks>
internal sealed partial class UnixSocket(Network network) : StreamSocket(network)
{
    /// <summary>SOCK_MIN_SNDBUF</summary>
    private const int SmallestSendBuffer = 4608;

    private readonly ByteQueue _received = new(network.Rings);
    private readonly Queue<Segment> _segments = new();
    private readonly Queue<UnixSocket> _acceptQueue = new();
    private UnixSocket? _peer;
    private UnixState _state;
    private bool _receiveShut;
    private bool _sendShut;
    private bool _hasName;
    private bool _isRegistered;
    private int _consumedOfFirst;
    private int _lowWater = 1;

    /// <summary>sk_wmem_alloc: memory of what the peer has not read.</summary>
    private int _charged;

    private enum UnixState
    {
        Closed,
        Listen,
        Established,
    }

    /// <summary>One skb: as a whole it is charged, and as a whole it is given back.</summary>
    /// <param name="Bytes">How many it had.</param>
    /// <param name="Memory">What it is charged for.</param>
    /// <param name="HasRights">Descriptors come with it (SCM_RIGHTS).</param>
    private readonly record struct Segment(int Bytes, int Memory, bool HasRights);

    /// <inheritdoc/>
    public override ushort Family => SocketAddress.FamilyUnix;

    /// <inheritdoc/>
    public override bool IsListening => _state == UnixState.Listen;

    /// <inheritdoc/>
    public override bool IsConnecting => false;

    /// <inheritdoc/>
    public override bool IsEstablished => _state == UnixState.Established && _peer is not null;

    /// <inheritdoc/>
    public override bool NeverConnected => !_isConnected;

    /// <inheritdoc/>
    public override int OnTheWay => 0;

    /// <inheritdoc/>
    public override int Readable => _received.Count;

    /// <inheritdoc/>
    public override int Unacknowledged => _charged;

    /// <inheritdoc/>
    public override int Inquire() => IsListening ? -Errno.Invalid : Readable;

    /// <inheritdoc/>
    public override int Queued => _acceptQueue.Count;

    /// <inheritdoc/>
    public override UnixSocket? Opposite => _peer;

    /// <inheritdoc/>
    /// <remarks>unix_poll</remarks>
    public override Readiness Poll()
    {
        Readiness mask = PendingError != 0 ? Readiness.Error : Readiness.None;
        if ((_receiveShut && _sendShut) || _state == UnixState.Closed)
        {
            mask |= Readiness.HangUp;
        }

        if (_receiveShut)
        {
            mask |= Readiness.In | Readiness.ReadHangUp;
        }

        if (_received.Count > 0 || _acceptQueue.Count > 0)
        {
            mask |= Readiness.In;
        }

        return IsWritable ? mask | Readiness.Out : mask;
    }

    /// <inheritdoc/>
    public override int Bind(in SocketAddress address)
    {
        if (address.Family != SocketAddress.FamilyUnix || _hasName)
        {
            return -Errno.Invalid;
        }

        if (Network.FindUnix(address) is not null)
        {
            return -Errno.AddressInUse;
        }

        SetLocal(address);
        (_hasName, _isRegistered) = (true, true);
        Network.Register(this);
        return 0;
    }

    /// <inheritdoc/>
    public override int Listen(int backlog)
    {
        if (!_hasName || _state == UnixState.Established)
        {
            return -Errno.Invalid;
        }

        Backlog = backlog;
        _state = UnixState.Listen;
        return 0;
    }

    /// <inheritdoc/>
    /// <remarks>In the order of unix_stream_connect. Nobody is woken at this end: it is connected on return.</remarks>
    public override int Connect(in SocketAddress address)
    {
        if (address.Family != SocketAddress.FamilyUnix)
        {
            return -Errno.Invalid;
        }

        WasConnecting = true;
        if (Network.FindUnix(address) is not { } listener || !listener.IsListening || listener._receiveShut)
        {
            return -Errno.ConnectionRefused;
        }

        if (listener._acceptQueue.Count > listener.Backlog)
        {
            return -Errno.Again;
        }

        if (_state != UnixState.Closed)
        {
            return _state == UnixState.Established ? -Errno.AlreadyConnected : -Errno.Invalid;
        }

        UnixSocket child = Network.CreateUnix();
        child._state = UnixState.Established;
        child._peer = this;
        child.Tag = Tag;
        child.SetLocal(listener.Local);
        child.SetRemote(Local);
        (child._isConnected, child._hasName) = (true, true);
        _state = UnixState.Established;
        _peer = child;
        _isConnected = true;
        SetRemote(listener.Local);
        listener._acceptQueue.Enqueue(child);
        listener.Wake(Readiness.In | Readiness.Urgent);
        return 0;
    }

    /// <inheritdoc/>
    public override UnixSocket? TakeAccepted()
    {
        _acceptQueue.TryDequeue(out UnixSocket? child);
        return child;
    }

    /// <inheritdoc/>
    public override int PeerName() => _isConnected ? 0 : -Errno.NotConnected;

    /// <inheritdoc/>
    public override void SetSendBuffer(int bytes)
    {
        SendCapacity = Math.Max(2 * bytes, SmallestSendBuffer);
        TellSpace();
    }

    /// <inheritdoc/>
    public override void SetReceiveLowWater(int bytes) => _lowWater = LowWaterOf(bytes);

    /// <summary>As new, so that another connection can have it.</summary>
    public void Renew()
    {
        RenewCommon();
        SetLocal(FakeAddress.UnnamedUnix());
        SendCapacity = Network.Options.UnixSendBuffer;
        _received.Clear();
        _segments.Clear();
        _acceptQueue.Clear();
        (_peer, _state) = (null, UnixState.Closed);
        (_receiveShut, _sendShut, _isConnected) = (false, false, false);
        (_hasName, _isRegistered) = (false, false);
        (_consumedOfFirst, _lowWater, _charged) = (0, 1, 0);
    }

    // unix_write_space: whoever could write anyway is told too.
    private void TellSpace()
    {
        if (IsWritable)
        {
            Wake(Readiness.Out);
        }
    }

    // unix_writable
    private bool IsWritable => _state != UnixState.Listen && (_charged * 4L) <= SendCapacity;
}

using System;
using Lure.Core.Kernel;

namespace Lure.Sim.Sockets;

/// <summary>
/// One end of a TCP connection, as its owner sees it through calls and polls on Linux 6.18. The
/// loop's sockets and those of its peers are the same class.
/// </summary>
/// <remarks>
/// What is sent goes through <see cref="_unsent"/> into the peer's <see cref="_received"/> as soon
/// as the peer's window and the link allow, and counts as acknowledged there. Left out: the
/// error queue and corking.
/// </remarks>
internal sealed partial class TcpSocket(Network network) : StreamSocket(network), ITimerTarget
{
    // SOCK_MIN_SNDBUF, SOCK_MIN_RCVBUF: half of them, as what is set is doubled.
    private const int SmallestSendBuffer = 2304;
    private const int SmallestReceiveBuffer = 1152;

    private readonly ByteQueue _received = new(network.Rings);
    private readonly ByteQueue _unsent = new(network.Rings);
    private TcpSocket? _peer;
    private bool _receiveShut;
    private bool _sendShut;

    /// <summary>A FIN came (SOCK_DONE): reads end with 0, and no read takes the error any more.</summary>
    private bool _done;

    /// <summary>A write fell short or a poll said "not writable": the next free space is told (SOCK_NOSPACE).</summary>
    private bool _noSpace;

    /// <summary>Bytes at the end of <see cref="_received"/> that are still on their way: a short read said so.</summary>
    private int _hidden;

    /// <summary>Closed by its owner; goes on until both FINs are acknowledged.</summary>
    private bool _orphaned;

    /// <summary>True exactly when the network may give this object to another connection.</summary>
    private bool _spare;

    /// <summary>SO_RCVLOWAT: fewer bytes are neither polled nor told.</summary>
    private int _lowWater = 1;

    /// <summary>TCP_NOTSENT_LOWAT: with as much unsent no more is taken, with half as much it is not writable.</summary>
    private int _notSentLowWater = int.MaxValue;
    private int _receiveCapacity = network.Options.ReceiveBuffer;

    public TcpState State { get; private set; }

    /// <summary>Bytes: the window. Who sets it tells the peer at once.</summary>
    public int ReceiveCapacity
    {
        get => _receiveCapacity;
        set
        {
            _receiveCapacity = value;
            _peer?.Pump();
        }
    }

    /// <summary>Which connect of the whole network was the last one here.</summary>
    public long Attempt { get; private set; }

    /// <inheritdoc/>
    public override ushort Family => SocketAddress.FamilyIPv4;

    /// <inheritdoc/>
    public override bool IsListening => State == TcpState.Listen;

    /// <inheritdoc/>
    public override bool IsConnecting => State == TcpState.SynSent;

    /// <inheritdoc/>
    public override bool IsEstablished => State is TcpState.Established or TcpState.CloseWait;

    /// <inheritdoc/>
    public override int Readable => _received.Count - _hidden;

    /// <inheritdoc/>
    public override int OnTheWay => Math.Max(0, Unacknowledged);

    /// <summary>SIOCOUTQ: what the peer has not acknowledged; a FIN on its way counts as one.</summary>
    public override int Unacknowledged =>
        State switch
        {
            TcpState.Listen => -Errno.Invalid,
            TcpState.Closed => _stranded,
            _ => _unsent.Count + (_peer?._hidden ?? 0) + (_finQueued ? 1 : 0),
        };

    /// <summary>The most that SIOCOUTQ may say, if all acknowledgements are delayed that can be.</summary>
    public int UnacknowledgedMost => Unacknowledged + (State == TcpState.Closed ? _strandedSilently : _sinceHeard);

    /// <inheritdoc/>
    public override Readiness Poll()
    {
        Readiness mask = Look();
        // sk_stream_is_writeable said no, so the next free space is told (tcp_poll).
        _noSpace |= State is not (TcpState.Listen or TcpState.SynSent) && (mask & Readiness.Out) == 0;
        return mask;
    }

    /// <inheritdoc/>
    public override Readiness Look()
    {
        if (State == TcpState.Listen)
        {
            return _acceptQueue.Count > 0 ? Readiness.In : Readiness.None;
        }

        Readiness mask = Readiness.None;
        if ((_receiveShut && _sendShut) || State == TcpState.Closed)
        {
            mask |= Readiness.HangUp;
        }

        if (_receiveShut)
        {
            mask |= Readiness.In | Readiness.ReadHangUp;
        }

        if (State != TcpState.SynSent)
        {
            mask |= Readable >= _lowWater + (IsAtHiddenMark ? 1 : 0) ? Readiness.In : Readiness.None;
            mask |= _sendShut || IsWritable ? Readiness.Out : Readiness.None;
            mask |= _urgent == UrgentByte.Unread ? Readiness.Urgent : Readiness.None;
        }

        return PendingError != 0 ? mask | Readiness.Error : mask;
    }

    /// <inheritdoc/>
    public override int Inquire() =>
        IsListening ? -Errno.Invalid
        : _urgent != UrgentByte.None && !_urgentIsInline ? Math.Min(_urgentAt, Readable)
        : Readable;

    /// <inheritdoc/>
    public override void SetSendBuffer(int bytes)
    {
        SendCapacity = Math.Max(bytes, SmallestSendBuffer);
        TellAnybodyOfSpace();
    }

    /// <summary>
    /// SO_RCVBUF, as setsockopt(2) takes it: half of what it makes of it is window (tcp_win_from_space). The peer hears
    /// of it with whatever is sent next.
    /// </summary>
    public void SetReceiveBuffer(int bytes) => _receiveCapacity = Math.Max(bytes, SmallestReceiveBuffer);

    /// <param name="bytes">0 for no limit (tcp_notsent_lowat).</param>
    public void SetNotSentLowWater(int bytes)
    {
        _notSentLowWater = bytes == 0 ? int.MaxValue : bytes;
        TellAnybodyOfSpace();
    }

    /// <inheritdoc/>
    /// <remarks>tcp_set_rcvlowat, without a limit of the receive buffer.</remarks>
    public override void SetReceiveLowWater(int bytes)
    {
        _lowWater = Math.Min(LowWaterOf(bytes), LargestWindow / 2);
        TellData();
    }

    // sk_stream_write_space: told to whoever polls, whether it waits for space or not.
    private void TellAnybodyOfSpace()
    {
        _noSpace |= IsWritable;
        TellSpace();
    }

    /// <summary>Bytes that a send would take: what the peer's window has room for leaves the buffer before the call is over.</summary>
    public long RoomToSend =>
        _held || _peer is not { } peer
            ? FreeToSend
            : FreeToSend + Math.Min(_credit, Math.Max(0, peer.Window - _unsent.Count));

    private int FreeToSend => FreeWith(_unsent.Count);

    private bool IsWritable => IsWritableWith(_unsent.Count);

    private int FreeWith(int unsent) => Math.Max(0, Math.Min(SendCapacity, _notSentLowWater) - unsent);

    // sk_stream_is_writeable: at least a third is free. A buffer of a few bytes must not be called
    // writable when it is full, which the rounding would do.
    private bool IsWritableWith(int unsent) =>
        FreeWith(unsent) > 0 && (SendCapacity - unsent) * 2L >= unsent && (unsent + _jumped) * 2L < _notSentLowWater;
}

using Lure.Core.Kernel;

namespace Lure.Sim.Sockets;

internal sealed partial class TcpSocket
{
    // Of loopback with the default of tcp_rmem, and the most that this allows.
    private const int UsualWindow = 65_483;
    private const int LargestWindow = 6 * 1024 * 1024;

    /// <summary>A handshake was finished here.</summary>
    private bool _metPeer;

    /// <summary>Bytes that count as unsent since the socket was disconnected, though there are none (tcp_disconnect).</summary>
    private int _jumped;

    /// <inheritdoc/>
    /// <remarks>In the order of inet_shutdown; who polls is woken whatever came of it.</remarks>
    public override int Shutdown(bool read, bool write)
    {
        int result = 0;
        if (_phase == ConnectPhase.Connecting)
        {
            _phase = State is TcpState.SynSent or TcpState.Closed ? ConnectPhase.Disconnecting : ConnectPhase.Connected;
        }

        switch (State)
        {
            case TcpState.Listen when read:
                StopListening();
                Disconnect(0);
                _stranded--;
                break;
            case TcpState.Listen:
                break;
            case TcpState.SynSent:
                Disconnect(Errno.ConnectionReset);
                break;
            default:
                result = State == TcpState.Closed ? -Errno.NotConnected : 0;
                _receiveShut |= read;
                _sendShut |= write;
                if (write)
                {
                    FinishSending();
                }

                break;
        }

        Wake(Readiness.None);
        return result;
    }

    /// <summary>
    /// close(2) of the last descriptor, in the order of __tcp_close: unread bytes and SO_LINGER 0 turn
    /// the FIN into a reset, everything else goes on being sent.
    /// </summary>
    public override void Close()
    {
        _orphaned = true;
        if (State == TcpState.Listen)
        {
            StopListening();
        }

        // _received, not Readable: what is still on its way would be answered by a reset too.
        bool unread = _received.Count > 0;
        bool wasOpen = State is not (TcpState.Closed or TcpState.SynSent);
        bool finishing = State is TcpState.Closing or TcpState.LastAck && _unsent.Count == 0;
        _receiveShut = true;
        _sendShut = true;
        _received.Clear();
        _hidden = 0;
        if (wasOpen && (unread || (ResetOnClose && !finishing)))
        {
            _stranded = Unacknowledged;
            Bury();
            SendReset(_peer);
        }
        else if (State == TcpState.SynSent)
        {
            Bury();
        }
        else
        {
            FinishSending();
        }

        // Bytes that waited for a window find a closed end now.
        _peer?.Pump();
        Detach();
    }

    /// <summary>The connection dies of something that its peer does not hear of: a timeout, an unreachable host.</summary>
    /// <param name="error">The errno, positive, that is given once.</param>
    public void Fail(int error)
    {
        Die(error);
        Detach();
    }

    private void FinishSending()
    {
        switch (State)
        {
            case TcpState.Established:
                State = TcpState.FinWait1;
                break;
            case TcpState.CloseWait:
                State = TcpState.LastAck;
                break;
            default:
                return;
        }

        _finQueued = true;
        Pump();
    }

    private void FinArrives()
    {
        _hidden = 0;
        _receiveShut = true;
        _done = true;
        Ended = Ended == PeerEnd.None ? PeerEnd.Fin : Ended;
        switch (State)
        {
            case TcpState.Established:
                State = TcpState.CloseWait;
                break;
            case TcpState.FinWait1:
                State = TcpState.Closing;
                break;
            default:
                GoClosed();
                break;
        }

        Wake(Readiness.None);
    }

    private void FinIsAcknowledged()
    {
        if (State != TcpState.FinWait1)
        {
            GoClosed();
            Wake(Readiness.None);
            return;
        }

        // The peer has no reason to hurry: its acknowledgement comes with whatever it sends next
        // (tcp_fin, inet_csk_enter_pingpong_mode), and only then this end is woken.
        State = TcpState.FinWait2;
        _finAckIsDelayed = true;
        if (_peer is { _received.Count: 0 } && Shows(Segmentation.LongEnd))
        {
            LearnOfFin();
        }
    }

    // tcp_reset. The receive queue is left alone: what arrived before can still be read.
    private void ResetArrives()
    {
        if (State == TcpState.Closed)
        {
            return;
        }

        Ended = Ended == PeerEnd.None ? PeerEnd.Reset : Ended;
        bool isRefusal = State == TcpState.SynSent;
        Die(
            State switch
            {
                TcpState.SynSent => Errno.ConnectionRefused,
                TcpState.CloseWait => Errno.BrokenPipe,
                _ => Errno.ConnectionReset,
            }
        );
        // The SYN is the byte that nobody acknowledged.
        _stranded = isRefusal ? 1 : _stranded;
    }

    private void Die(int error)
    {
        if (State != TcpState.Closed)
        {
            (_stranded, _strandedSilently) = (Unacknowledged, _sinceHeard);
        }

        PendingError = error;
        _receiveShut = true;
        _sendShut = true;
        _hidden = 0;
        Bury();
        Wake(Readiness.None);
        Wake(Readiness.Error);
    }

    private void Bury()
    {
        _unsent.Clear();
        (_finQueued, _urgentUnsentAt) = (false, -1);
        GoClosed();
    }

    private void SendReset(TcpSocket? target)
    {
        if (_held)
        {
            _resetQueued = target is not null;
            return;
        }

        target?.ResetArrives();
    }

    // tcp_disconnect: the socket looks fresh again, but for the error.
    private void Disconnect(int error)
    {
        Bury();
        PendingError = error == 0 ? PendingError : error;
        _received.Clear();
        (_receiveShut, _sendShut, _done) = (false, false, false);
        _urgent = UrgentByte.None;
        // The sequence jumps behind what a peer could take for its own, by 2 and the largest window that it told:
        // what SIOCOUTQ shows from then on, a SYN that nobody acknowledged with it.
        (_hidden, _sinceHeard, _jumped) = (0, 0, _metPeer ? 2 + UsualWindow : 2);
        (_stranded, _strandedSilently) = _metPeer ? (2, LargestWindow) : (3, 0);
        SetRemote(default);
        _phase = ConnectPhase.Unconnected;
        Wake(Readiness.Error);
    }

    // Two ends that are both closed have nothing more to say to each other.
    private void Detach()
    {
        if (_peer is { } peer)
        {
            if (State != TcpState.Closed || peer.State != TcpState.Closed || _resetQueued || peer._resetQueued)
            {
                return;
            }

            _peer = null;
            peer._peer = null;
            peer.Detach();
        }

        if (_orphaned && State == TcpState.Closed && !_settles && !_spare)
        {
            _spare = true;
            Network.Recycle(this);
        }
    }
}

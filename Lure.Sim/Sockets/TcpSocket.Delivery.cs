using System;
using Lure.Core.Kernel;

namespace Lure.Sim.Sockets;

internal sealed partial class TcpSocket
{
    /// <summary>Bytes: some segment.</summary>
    private const int Segment = 1024;

    private long _credit = long.MaxValue;
    private bool _held;
    private bool _finQueued;
    private bool _resetQueued;
    private bool _settles;
    private bool _finAckIsDelayed;

    /// <summary>Bytes that were read after shutdown(RD): no window update tells of them (tcp_cleanup_rbuf), but whatever is sent next.</summary>
    private int _unannounced;

    /// <summary>
    /// What filled the window is not acknowledged yet (tcp_send_delayed_ack): the next segment does it, or the
    /// next read, and both tell the window of then.
    /// </summary>
    private bool _ackIsDelayed;

    /// <summary>A read is not over yet.</summary>
    private bool _reads;

    /// <summary>Bytes that the window is larger than it was when it was full: <see cref="Segmentation.LooseWindow"/>.</summary>
    private int _slack;

    /// <summary>What has arrived at the peer since that one sent anything, which acknowledges all of it.</summary>
    private int _sinceHeard;

    /// <summary>As much when the connection died.</summary>
    private int _strandedSilently;

    /// <summary>SIOCOUTQ of a connection that died: what was lost with it.</summary>
    private int _stranded;

    /// <summary>Bytes that the link still carries; <see cref="long.MaxValue"/> is no limit.</summary>
    public long LinkCredit
    {
        get => _credit;
        set
        {
            _credit = value;
            Pump();
        }
    }

    /// <summary>True exactly when nothing that is sent here arrives: neither bytes nor FIN nor reset.</summary>
    public bool LinkHeld
    {
        get => _held;
        set
        {
            _held = value;
            Pump();
        }
    }

    /// <summary>What was put off while a batch ran happens now: late bytes arrive, freed space is told.</summary>
    public void Settle()
    {
        _settles = false;
        if (_hidden > 0)
        {
            _hidden = 0;
            TellData();
        }

        TellSpace();
        Detach();
    }

    /// <returns>False when it is on the list already.</returns>
    public bool BeginSettling()
    {
        bool first = !_settles;
        _settles = true;
        return first;
    }

    /// <summary>Lets the network carry what it can: bytes, then the FIN behind them.</summary>
    private void Pump()
    {
        if (_held || _peer is not { } peer)
        {
            return;
        }

        if (_resetQueued)
        {
            _resetQueued = false;
            peer.ResetArrives();
            Detach();
            return;
        }

        bool moved = false;
        while (_unsent.Count > 0 && _credit > 0)
        {
            int count = (int)Math.Min(Math.Min(_unsent.Count, peer.Window), _credit);
            if (count == 0)
            {
                break;
            }

            if (peer.RefusesData)
            {
                if (peer._reads)
                {
                    TellSpace(_unsent.Count - count);
                }

                peer.DataArrivesTooLate(_urgentUnsentAt);
                Detach();
                return;
            }

            _credit -= _credit == long.MaxValue ? 0 : count;
            Carry(peer, count);
            _sinceHeard += count;
            moved = true;
            if (!peer._reads)
            {
                peer.DataArrives();
            }
        }

        // A socket in use takes what arrives when its call ends (sk_backlog): this end has space before that.
        bool waits = moved && peer._reads;
        if (waits)
        {
            TellSpace();
            peer.DataArrives();
        }

        bool finished = _finQueued && _unsent.Count == 0;
        if (finished)
        {
            _finQueued = false;
            _sinceHeard++;
            peer.FinArrives();
            FinIsAcknowledged();
        }

        if (moved && !waits)
        {
            TellSpace();
        }

        if (moved || finished)
        {
            Announce(peer);
        }

        if (finished)
        {
            Detach();
        }
    }

    /// <summary>Something was sent: it tells how far the peer may go on.</summary>
    private void Announce(TcpSocket peer)
    {
        // Who is its own peer has not heard of what it sent last.
        peer._sinceHeard = ReferenceEquals(peer, this) ? peer._sinceHeard : 0;
        bool opens = _unannounced > 0;
        if (_ackIsDelayed && _slack == 0 && Shows(Segmentation.LooseWindow))
        {
            _slack = Segment;
            opens = true;
        }

        (_ackIsDelayed, _unannounced) = (false, 0);
        if (opens)
        {
            peer.Pump();
        }
    }

    private bool Shows(Segmentation segmentation) => (Network.Options.Segmentation & segmentation) != 0;

    private int Window => Math.Max(0, ReceiveCapacity + _slack - _received.Count - _unannounced);

    // RFC 1122 4.2.2.13: who has closed answers data with a reset; tcp_rcv_state_process does so
    // after shutdown of both halves too.
    private bool RefusesData =>
        State == TcpState.Closed || (_receiveShut && State is TcpState.FinWait1 or TcpState.FinWait2);

    private void DataArrives()
    {
        _hidden = 0;
        _ackIsDelayed = Window == 0;
        LearnOfFin();

        TellData();
    }

    /// <summary>The acknowledgement of the FIN that was sent here arrives.</summary>
    private void LearnOfFin()
    {
        if (_finAckIsDelayed)
        {
            _finAckIsDelayed = false;
            Wake(Readiness.None);
        }
    }

    // tcp_data_ready
    private void TellData()
    {
        if (Readable >= _lowWater || _done)
        {
            Wake(Readiness.In | Readiness.Urgent);
        }
    }

    private void DataArrivesTooLate(int urgentAt)
    {
        bool wasAlive = State != TcpState.Closed;
        if (wasAlive && urgentAt >= 0)
        {
            // The mark is looked at before the data is refused, and stays (tcp_rcv_state_process, step 6).
            MarkArrives(_received.Count + urgentAt);
            Wake(Readiness.In | Readiness.Urgent);
        }

        TcpSocket? sender = _peer;
        if (wasAlive)
        {
            Die(Errno.ConnectionReset);
        }

        SendReset(sender);
    }

    private void TellSpace() => TellSpace(_unsent.Count);

    private void TellSpace(int unsent)
    {
        if (_noSpace && IsWritableWith(unsent))
        {
            _noSpace = false;
            Wake(Readiness.Out);
        }
    }
}

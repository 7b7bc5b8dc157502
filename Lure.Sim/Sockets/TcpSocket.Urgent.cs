using System;
using Lure.Core.Kernel;

namespace Lure.Sim.Sockets;

internal sealed partial class TcpSocket
{
    private UrgentByte _urgent;

    /// <summary>Where in <see cref="_received"/> the urgent byte lies, when there is one.</summary>
    private int _urgentAt;

    /// <summary>Where in <see cref="_unsent"/> the last urgent byte lies, negative for none.</summary>
    private int _urgentUnsentAt = -1;
    private bool _urgentIsInline;

    // urg_data: a mark in the stream, which stays until it was read past.
    private enum UrgentByte
    {
        None,

        /// <summary>TCP_URG_VALID</summary>
        Unread,

        /// <summary>TCP_URG_READ: it was read by MSG_OOB.</summary>
        Read,
    }

    /// <summary>SO_OOBINLINE.</summary>
    public void SetUrgentInline(bool inline) => _urgentIsInline = inline;

    /// <summary>send(2) with MSG_OOB: the last byte is urgent.</summary>
    public int SendUrgent(ReadOnlySpan<byte> bytes)
    {
        int refusal = WhyNothingToWrite();
        if (refusal < 0)
        {
            return refusal;
        }

        int sent = (int)Math.Min(bytes.Length, RoomToSend);
        if (sent > 0)
        {
            _unsent.Append(bytes[..sent]);
            _urgentUnsentAt = _unsent.Count - 1;
            Pump();
        }

        return Sent(sent, bytes.Length);
    }

    /// <summary>recv(2) with MSG_OOB, in the order of tests of tcp_recv_urg.</summary>
    public int ReceiveUrgent(Span<byte> target)
    {
        if (State == TcpState.Listen)
        {
            return -Errno.NotConnected;
        }

        if (_urgentIsInline || _urgent != UrgentByte.Unread)
        {
            return -Errno.Invalid;
        }

        if (State == TcpState.Closed && !_done)
        {
            return -Errno.NotConnected;
        }

        _received.CopyAt(_urgentAt, target[..1]);
        _urgent = UrgentByte.Read;
        return 1;
    }

    /// <summary>Whether the next byte of the stream is one that a read leaves out.</summary>
    private bool IsAtHiddenMark => _urgent != UrgentByte.None && _urgentAt == 0 && !_urgentIsInline;

    private int UntilMark => _urgent == UrgentByte.None || _urgentAt == 0 ? int.MaxValue : _urgentAt;

    // A read begins behind the urgent byte, or ends before it.
    private void StepOverMark()
    {
        if (IsAtHiddenMark)
        {
            _received.Skip(1);
            _urgent = UrgentByte.None;
        }
    }

    private void ReadPast(int count)
    {
        if (_urgent != UrgentByte.None)
        {
            _urgentAt -= count;
            _urgent = _urgentAt < 0 ? UrgentByte.None : _urgent;
        }
    }

    // tcp_check_urg and tcp_urg, which come before the data of the same segment.
    private void MarkArrives(int at)
    {
        if (IsAtHiddenMark && _received.Count > 0)
        {
            _received.Skip(1);
            at--;
        }

        (_urgent, _urgentAt) = (UrgentByte.Unread, at);
    }

    /// <summary>Moves bytes to the peer, with the mark that lies in them.</summary>
    private void Carry(TcpSocket peer, int count)
    {
        bool marked = _urgentUnsentAt >= 0 && _urgentUnsentAt < count;
        if (marked)
        {
            peer.MarkArrives(peer._received.Count + _urgentUnsentAt);
        }

        _urgentUnsentAt = marked ? -1 : Math.Max(-1, _urgentUnsentAt - count);
        _unsent.MoveTo(peer._received, count);
        if (marked)
        {
            peer.Wake(Readiness.In | Readiness.Urgent);
        }
    }
}

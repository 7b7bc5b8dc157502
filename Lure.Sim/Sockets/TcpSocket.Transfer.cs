using System;
using Lure.Core.Kernel;

namespace Lure.Sim.Sockets;

internal sealed partial class TcpSocket
{
    /// <inheritdoc/>
    /// <remarks>In the order of tests of tcp_recvmsg_locked.</remarks>
    public override int Receive(Span<byte> first, Span<byte> second, int limit = int.MaxValue)
    {
        int arrived = ArrivedBy(limit);
        if (arrived > 0 && first.IsEmpty && second.IsEmpty)
        {
            return 0;
        }

        if (arrived > 0 && _urgent != UrgentByte.None)
        {
            StepOverMark();
            arrived = Math.Min(Readable, UntilMark);
        }

        if (arrived == 0)
        {
            return WhyNothingToRead();
        }

        int fromFirst = Math.Min(first.Length, arrived);
        int fromSecond = Math.Min(second.Length, arrived - fromFirst);
        _received.Take(first[..fromFirst]);
        _received.Take(second[..fromSecond]);
        ReadPast(fromFirst + fromSecond);
        AfterRead(fromFirst + fromSecond);
        return fromFirst + fromSecond;
    }

    /// <inheritdoc/>
    /// <remarks>In the order of tests of tcp_sendmsg_locked.</remarks>
    public override int Send(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int limit = int.MaxValue)
    {
        int refusal = WhyNothingToWrite();
        if (refusal < 0)
        {
            return refusal;
        }

        // All of it is taken before the first byte goes out: what comes back, acknowledgements and resets,
        // finds the socket in use and waits for the end of the call (sk_backlog).
        int length = first.Length + second.Length;
        int sent = (int)Math.Min(Math.Min(limit, RoomToSend), length);
        int fromFirst = Math.Min(first.Length, sent);
        _unsent.Append(first[..fromFirst]);
        _unsent.Append(second[..(sent - fromFirst)]);
        Pump();
        return Sent(sent, length);
    }

    /// <inheritdoc/>
    public override int Peek(Span<byte> target)
    {
        if (target.IsEmpty && Readable > 0)
        {
            return 0;
        }

        int hidden = IsAtHiddenMark ? 1 : 0;
        int count = Math.Min(target.Length, Math.Min(Readable - hidden, UntilMark));
        if (count <= 0)
        {
            return WhyNothingToRead();
        }

        _received.CopyAt(hidden, target[..count]);
        return count;
    }

    /// <inheritdoc/>
    public override int SpliceTo(Pipe pipe, int length, int limit = int.MaxValue)
    {
        // The pipe is looked at first: a full one answers EAGAIN even at the end of the stream.
        if (pipe.FreeFor(length) == 0)
        {
            return -Errno.Again;
        }

        // Not past an urgent byte, and not over it: a splice gets no further than that (tcp_read_sock).
        int arrived = _urgent == UrgentByte.None ? ArrivedBy(limit) : Math.Min(ArrivedBy(limit), _urgentAt);
        if (arrived == 0)
        {
            return WhyNothingToRead();
        }

        int count = Math.Min(arrived, pipe.FreeFor(length));
        pipe.Fill(_received, count);
        ReadPast(count);
        AfterRead(count);
        pipe.TellReader();
        return count;
    }

    /// <inheritdoc/>
    public override int SpliceFrom(Pipe pipe, int length, int limit = int.MaxValue)
    {
        if (pipe.Count == 0)
        {
            return pipe.WriterClosed ? 0 : -Errno.Again;
        }

        int refusal = WhyNothingToWrite();
        if (refusal < 0)
        {
            return refusal;
        }

        int wanted = Math.Min(length, pipe.Count);
        int sent = (int)Math.Min(Math.Min(limit, wanted), RoomToSend);
        if (sent > 0)
        {
            pipe.Drain(_unsent, sent);
            Pump();
            pipe.TellWriter();
        }

        // A signal ends it between two pages (splice_to_socket): short, with room left and no edge to come.
        return sent > 0 && sent == limit ? sent : Sent(sent, wanted);
    }

    // Bytes that came before a FIN or a reset have arrived as surely as that did.
    private int ArrivedBy(int limit)
    {
        if (limit < Readable && !_receiveShut && PendingError == 0)
        {
            _hidden = _received.Count - limit;
            Network.SettleLater(this);
        }

        return Readable;
    }

    private int WhyNothingToRead()
    {
        if (State == TcpState.Listen)
        {
            return -Errno.NotConnected;
        }

        if (_done)
        {
            return 0;
        }

        if (PendingError != 0)
        {
            return -TakeError();
        }

        if (_receiveShut)
        {
            return 0;
        }

        return State == TcpState.Closed ? -Errno.NotConnected : -Errno.Again;
    }

    private int WhyNothingToWrite()
    {
        if (State == TcpState.SynSent && PendingError == 0)
        {
            return -Errno.Again;
        }

        bool open = State is TcpState.Established or TcpState.CloseWait;
        if (open && PendingError == 0 && !_sendShut)
        {
            return 0;
        }

        return PendingError != 0 ? -TakeError() : -Errno.BrokenPipe;
    }

    private int Sent(int sent, int wanted)
    {
        if (sent < wanted)
        {
            FellShort();
        }

        return sent == 0 && wanted > 0 ? -Errno.Again : sent;
    }

    // An edge follows a shortfall, and only a shortfall. If there is space already, it comes when
    // the network settles, as the acknowledgement that made the space would.
    private void FellShort()
    {
        _noSpace = true;
        Network.SettleLater(this);
    }

    private void AfterRead(int count)
    {
        _slack = 0;
        if (_done && Shows(Segmentation.LongEnd))
        {
            _peer?.LearnOfFin();
        }

        // Nothing comes behind a FIN.
        if (_done)
        {
            return;
        }

        // Who will not receive more has no window to tell of, but an acknowledgement that is due goes out
        // (__tcp_cleanup_rbuf).
        if (_receiveShut && !_ackIsDelayed)
        {
            _unannounced += count;
            return;
        }

        _ackIsDelayed = false;
        _reads = true;
        _peer?.Pump();
        _reads = false;
    }
}

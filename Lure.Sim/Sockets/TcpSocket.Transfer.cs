using System;
using Lure.Core.Kernel;

namespace Lure.Sim.Sockets;

internal sealed partial class TcpSocket
{
    /// <summary>recv(2) or readv(2), in the order of tests of tcp_recvmsg_locked.</summary>
    /// <param name="first">Filled first.</param>
    /// <param name="second">Filled with what is left.</param>
    /// <param name="limit">How many of the queued bytes have arrived by now, at most: the rest comes later, with an edge of its own.</param>
    /// <returns>Bytes, 0 at the end, or minus errno.</returns>
    public int Receive(Span<byte> first, Span<byte> second, int limit = int.MaxValue)
    {
        int arrived = ArrivedBy(limit);
        if (arrived == 0)
        {
            return WhyNothingToRead();
        }

        int fromFirst = Math.Min(first.Length, arrived);
        int fromSecond = Math.Min(second.Length, arrived - fromFirst);
        _received.Take(first[..fromFirst]);
        _received.Take(second[..fromSecond]);
        AfterRead();
        return fromFirst + fromSecond;
    }

    /// <summary>send(2) or writev(2) with MSG_NOSIGNAL, in the order of tests of tcp_sendmsg_locked.</summary>
    /// <param name="first">Sent first.</param>
    /// <param name="second">Sent after it.</param>
    /// <param name="limit">Bytes that find room, at most.</param>
    /// <returns>Bytes, or minus errno.</returns>
    public int Send(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int limit = int.MaxValue)
    {
        int refusal = WhyNothingToWrite();
        if (refusal < 0)
        {
            return refusal;
        }

        int room = limit;
        int sent = Push(first, ref room);
        if (sent == first.Length)
        {
            sent += Push(second, ref room);
        }

        if (sent == first.Length + second.Length)
        {
            return sent;
        }

        FellShort();
        return sent == 0 ? -Errno.Again : sent;
    }

    /// <summary>splice(2) to a pipe.</summary>
    public int SpliceTo(Pipe pipe, int length, int limit = int.MaxValue)
    {
        // The pipe is looked at first: a full one answers EAGAIN even at the end of the stream.
        if (pipe.FreeFor(length) == 0)
        {
            return -Errno.Again;
        }

        int arrived = ArrivedBy(limit);
        if (arrived == 0)
        {
            return WhyNothingToRead();
        }

        int count = Math.Min(arrived, pipe.FreeFor(length));
        pipe.Fill(_received, count);
        AfterRead();
        return count;
    }

    /// <summary>splice(2) from a pipe.</summary>
    public int SpliceFrom(Pipe pipe, int length, int limit = int.MaxValue)
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
        int room = Math.Min(limit, wanted);
        int sent = 0;
        while (room > 0 && !_sendShut && Math.Min(room, FreeToSend) is > 0 and int count)
        {
            pipe.Drain(_unsent, count);
            sent += count;
            room -= count;
            Pump();
        }

        if (sent < wanted)
        {
            FellShort();
        }

        return sent == 0 ? -Errno.Again : sent;
    }

    // Bytes that came before a FIN or a reset have arrived as surely as that did.
    private int ArrivedBy(int limit)
    {
        if (limit < Readable && !_receiveShut && _error == 0)
        {
            _hidden = _received.Count - limit;
            network.SettleLater(this);
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

        if (_error != 0)
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
        if (State == TcpState.SynSent && _error == 0)
        {
            return -Errno.Again;
        }

        bool open = State is TcpState.Established or TcpState.CloseWait;
        if (open && _error == 0 && !_sendShut)
        {
            return 0;
        }

        return _error != 0 ? -TakeError() : -Errno.BrokenPipe;
    }

    private int Push(ReadOnlySpan<byte> bytes, ref int room)
    {
        int sent = 0;
        // The first bytes may be answered by a reset: what was taken until then is told, and no more is.
        while (sent < bytes.Length && !_sendShut && Math.Min(room, FreeToSend) is > 0 and int fits)
        {
            int count = Math.Min(fits, bytes.Length - sent);
            _unsent.Append(bytes.Slice(sent, count));
            sent += count;
            room -= count;
            Pump();
        }

        return sent;
    }

    // An edge follows a shortfall, and only a shortfall. If there is space already, it comes when
    // the network settles, as the acknowledgement that made the space would.
    private void FellShort()
    {
        _noSpace = true;
        network.SettleLater(this);
    }

    private void AfterRead() => _peer?.Pump();
}

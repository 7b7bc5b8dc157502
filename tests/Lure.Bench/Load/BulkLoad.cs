using System;
using System.Buffers.Binary;
using System.Globalization;
using Lure.Core.Kernel;
using Lure.Linux.Kernel;
using Tmds.Linux;

namespace Lure.Bench.Load;

/// <summary>
/// Streams through a relay, both ends of each on the calling thread: one sends as fast as its socket
/// takes it, the other one compares every byte that comes with the one that belongs there.
/// </summary>
/// <remarks>
/// One thread for both ends: two on one CPU would spend a part of it on switching. A client says in
/// four bytes which stream it is, so that the backend's end knows which bytes are its own.
/// </remarks>
internal sealed unsafe class BulkLoad : IDisposable
{
    /// <summary>Bytes of a call: large, for this side is not what is measured.</summary>
    private const int CallBytes = 128 * 1024;

    private const int HeaderBytes = sizeof(int);
    private const int StallMilliseconds = 5_000;
    private const int NoSocket = -1;

    private readonly BulkDirection _direction;

    /// <summary>The clients' ends by the number of their stream, then the backend's as they were accepted.</summary>
    private readonly BulkEnd[] _ends;

    private readonly byte[] _received = GC.AllocateUninitializedArray<byte>(CallBytes, pinned: true);
    private readonly Poller _poller = new();
    private readonly int _listener;
    private readonly int _streams;
    private int _accepted;
    private int _ended;
    private long _sent;
    private long _taken;
    private long _now;

    public BulkLoad(BulkDirection direction, int streams)
    {
        _direction = direction;
        _streams = streams;
        _ends = new BulkEnd[2 * streams];
        _ends.AsSpan().Fill(new BulkEnd { Fd = NoSocket });
        _listener = LoopbackPort.Listen(out int port);
        Port = port;
        _poller.Watch(_listener, Interest.Listener, _ends.Length);
    }

    /// <summary>Where the backend listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>So many are sent in each run: a machine that is busy has to give a figure too.</summary>
    public long BytesAtLeast { get; init; }

    /// <summary>Opens every stream, one after the other, and waits until the backend has them all.</summary>
    /// <param name="relayPort">Where the relay listens, on 127.0.0.1.</param>
    public void Open(int relayPort)
    {
        _now = MonotonicClock.Now();
        SocketAddress relay = LoopbackPort.Address(relayPort);
        for (int stream = 0; stream < _streams; stream++)
        {
            OpenClient(stream, relay);
            while (_accepted <= stream || _ends[_streams + stream].Header < HeaderBytes)
            {
                Poll(mayWait: true);
            }
        }
    }

    /// <summary>All streams run; what was sent has arrived when this returns.</summary>
    /// <param name="nanoseconds">Nothing is sent after so long, unless it were less than <see cref="BytesAtLeast"/>.</param>
    /// <returns>Bytes that arrived.</returns>
    public long RunFor(long nanoseconds)
    {
        long before = _taken;
        _now = MonotonicClock.Now();
        long deadline = _now + nanoseconds;
        while (_now < deadline || _sent - before < BytesAtLeast)
        {
            Poll(mayWait: !SendOnEach());
        }

        while (_taken < _sent)
        {
            Poll(mayWait: true);
        }

        return _taken - before;
    }

    /// <summary>Ends every stream, and sees that each end comes through where it belongs.</summary>
    public void Finish()
    {
        foreach (ref BulkEnd end in _ends.AsSpan())
        {
            if (end.Sends)
            {
                Require(Libc.Shutdown(end.Fd, LinuxConstants.ShutdownWrite), "shutdown");
            }
        }

        while (_ended < _streams)
        {
            Poll(mayWait: true);
        }
    }

    public void Dispose()
    {
        foreach (ref BulkEnd end in _ends.AsSpan())
        {
            if (end.Fd != NoSocket)
            {
                _ = Libc.Close(end.Fd);
                end.Fd = NoSocket;
            }
        }

        _ = Libc.Close(_listener);
        _poller.Dispose();
    }

    private void OpenClient(int stream, SocketAddress relay)
    {
        const int Type = LinuxConstants.StreamSocket | LinuxConstants.SocketCloseOnExec;
        int fd = Libc.Socket(SocketAddress.FamilyIPv4, Type, 0);
        Require(fd, "socket");
        _ends[stream] = new BulkEnd
        {
            Fd = fd,
            Stream = stream,
            Sends = _direction == BulkDirection.Upload,
            Header = HeaderBytes,
        };
        fixed (byte* address = relay.Bytes)
        {
            Require(Libc.Connect(fd, address, (uint)relay.Length), "connect");
        }

        byte* header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(new Span<byte>(header, HeaderBytes), stream);
        Require(Libc.Send(fd, header, HeaderBytes, LinuxConstants.SendWithoutSignal), "send");
        Watch(stream);
    }

    /// <summary>Those that send are edge-triggered: they are tried until the socket is full. The others report themselves while bytes wait.</summary>
    private void Watch(int place)
    {
        bool sends = _direction == BulkDirection.Upload == place < _streams;
        Interest interest = sends ? Interest.In | Interest.Out | Interest.EdgeTriggered : Interest.In;
        _poller.Watch(_ends[place].Fd, interest, place);
    }

    private void Poll(bool mayWait)
    {
        ReadOnlySpan<KernelEvent> reports = _poller.Wait(mayWait ? StallMilliseconds : 0);
        long before = _now;
        _now = MonotonicClock.Now();
        if (mayWait && reports.IsEmpty && _now - before >= StallMilliseconds * 1_000_000L)
        {
            throw new LoadException(Text($"{_sent - _taken} bytes, or the end of a stream, did not arrive for 5 s"));
        }

        foreach (KernelEvent report in reports)
        {
            int place = (int)report.Token;
            if (place == _ends.Length)
            {
                AcceptAll();
            }
            else if (_ends[place].Header < HeaderBytes)
            {
                ReceiveHeader(ref _ends[place]);
            }
            else if (_ends[place].Sends)
            {
                _ends[place].Blocked &= (report.Readiness & Readiness.Out) == 0;
            }
            else
            {
                Receive(ref _ends[place]);
            }
        }
    }

    private void AcceptAll()
    {
        const int Flags = LinuxConstants.SocketNonBlocking | LinuxConstants.SocketCloseOnExec;
        int fd;
        while (_accepted < _streams && (fd = Libc.Accept(_listener, null, null, Flags)) >= 0)
        {
            int place = _streams + _accepted++;
            _ends[place].Fd = fd;
            Watch(place);
        }
    }

    private void ReceiveHeader(ref BulkEnd end)
    {
        byte* header = stackalloc byte[HeaderBytes];
        nint received = Libc.Receive(end.Fd, header, HeaderBytes, 0);
        if (received < 0 && _poller.Errno == Errno.Again)
        {
            return;
        }

        int stream = BinaryPrimitives.ReadInt32LittleEndian(new Span<byte>(header, HeaderBytes));
        if (received != HeaderBytes || (uint)stream >= (uint)_streams)
        {
            throw new WrongByteException("a stream did not begin with its number");
        }

        end.Stream = stream;
        end.Header = HeaderBytes;
        end.Sends = _direction == BulkDirection.Download;
    }

    /// <returns>Whether one of them may take more.</returns>
    private bool SendOnEach()
    {
        bool more = false;
        foreach (ref BulkEnd end in _ends.AsSpan())
        {
            if (end.Sends && !end.Blocked)
            {
                Send(ref end);
                more |= !end.Blocked;
            }
        }

        return more;
    }

    private void Send(ref BulkEnd end)
    {
        ReadOnlySpan<byte> next = BulkPattern.Of(end.Stream, end.Position, CallBytes);
        fixed (byte* bytes = next)
        {
            nint sent = Libc.Send(end.Fd, bytes, CallBytes, LinuxConstants.SendWithoutSignal | LibC.MSG_DONTWAIT);
            if (sent < 0 && _poller.Errno != Errno.Again)
            {
                Require(-1, "send");
            }

            end.Blocked = sent < CallBytes;
            end.Position += Math.Max(sent, 0);
            _sent += Math.Max(sent, 0);
        }
    }

    private void Receive(ref BulkEnd end)
    {
        nint received;
        fixed (byte* bytes = _received)
        {
            received = Libc.Receive(end.Fd, bytes, CallBytes, LibC.MSG_DONTWAIT);
        }

        if (received < 0 && _poller.Errno == Errno.Again)
        {
            return;
        }

        Require(received, "recv");
        if (received == 0)
        {
            End(ref end);
            return;
        }

        Compare(end, _received.AsSpan(0, (int)received));
        end.Position += received;
        _taken += received;
    }

    private static void Compare(in BulkEnd end, ReadOnlySpan<byte> received)
    {
        int same = received.CommonPrefixLength(BulkPattern.Of(end.Stream, end.Position, received.Length));
        if (same < received.Length)
        {
            throw new WrongByteException(Text($"wrong byte at {end.Position + same} of stream {end.Stream}"));
        }
    }

    private void End(ref BulkEnd end)
    {
        int stream = end.Stream;
        BulkEnd sender = Array.Find(_ends, other => other.Sends && other.Stream == stream);
        if (end.Position != sender.Position)
        {
            throw new WrongByteException(
                Text($"stream {stream} ended after {end.Position} of {sender.Position} bytes")
            );
        }

        _ended++;
        _ = Libc.Close(end.Fd);
        end.Fd = NoSocket;
    }

    private void Require(nint result, string call)
    {
        if (result < 0)
        {
            throw new LoadException($"{call}: {ErrnoName.Of(_poller.Errno)}");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System;
using System.Globalization;
using HdrHistogram;
using Lure.Core.Kernel;
using Lure.Linux.Kernel;

namespace Lure.Bench.Load;

/// <summary>
/// Clients of a relay, all on the calling thread, each with one message on its way at most (a closed
/// loop): it sends, waits for the whole echo, compares it, and only then goes on.
/// </summary>
/// <remarks>
/// Allocates nothing after it was made. Every method returns when no message is on its way, so what
/// the relay has used of the CPU by then belongs to the echoes that were counted.
/// </remarks>
internal sealed unsafe class LoadGenerator : IDisposable
{
    /// <summary>Connections that are opened at a time: a backlog of 128, the least that is usual, holds them.</summary>
    private const int OpeningMax = 64;

    /// <summary>ms without any answer after which the relay is taken for stuck.</summary>
    private const int StallMilliseconds = 5_000;

    private const int ReceiveBytes = 64 * 1024;
    private const int NoSocket = -1;

    /// <summary>ns; what takes longer has stalled, and fails the load.</summary>
    private const long LatencyMost = StallMilliseconds * 1_000_000L;

    private const int LatencyDigits = 3;

    private readonly LoadClient[] _clients;
    private readonly byte[] _received = GC.AllocateUninitializedArray<byte>(ReceiveBytes, pinned: true);
    private readonly Poller _poller = new();
    private readonly SocketAddress _relay;
    private readonly int _messageBytes;
    private Next _next;
    private int _opened;
    private int _target;
    private int _busy;
    private long _deadline;
    private long _least;
    private long _now;

    /// <param name="port">Where the relay listens, on 127.0.0.1.</param>
    /// <param name="clients">Connections at a time, at most.</param>
    /// <param name="messageBytes">1 to <see cref="MessagePattern.MessageBytesMax"/>.</param>
    public LoadGenerator(int port, int clients, int messageBytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(messageBytes, MessagePattern.MessageBytesMax);
        _relay = LoopbackPort.Address(port);
        _messageBytes = messageBytes;
        _clients = new LoadClient[clients];
        _clients.AsSpan().Fill(new LoadClient { Fd = NoSocket });
    }

    /// <summary>What a client does when its echo is complete.</summary>
    private enum Next
    {
        /// <summary>It stays open, and the next client opens.</summary>
        OpenAnother,
        EchoAgain,
        Reconnect,
    }

    /// <summary>So many come back in each run, even if the time is over before: a machine that is busy has to give a figure too.</summary>
    public long EchoesAtLeast { get; init; }

    /// <summary>Echoes that came back whole since this was made.</summary>
    public long Echoes { get; private set; }

    private bool GoesOn => _now < _deadline || Echoes < _least;

    /// <summary>ns from the send of a message to the end of its echo.</summary>
    public LongHistogram Latency { get; } = new(LatencyMost, LatencyDigits);

    /// <summary>Opens connections until there are so many; each echoes once and stays open.</summary>
    public void OpenTo(int connections)
    {
        _next = Next.OpenAnother;
        _target = connections;
        _deadline = long.MaxValue;
        _now = MonotonicClock.Now();
        while (_opened < _target && _busy < OpeningMax)
        {
            Open(_opened++);
        }

        RunUntilQuiet();
    }

    /// <summary>All open connections echo, over and over.</summary>
    /// <param name="nanoseconds">No message is sent after so long.</param>
    /// <returns>Echoes.</returns>
    public long EchoFor(long nanoseconds)
    {
        long before = Start(Next.EchoAgain, nanoseconds);
        for (int client = 0; client < _opened; client++)
        {
            Begin(client);
        }

        RunUntilQuiet();
        return Echoes - before;
    }

    /// <summary>Every client connects, echoes once and closes, over and over. None may be open before.</summary>
    /// <param name="nanoseconds">No connection is opened after so long.</param>
    /// <param name="connections">Nor after so many.</param>
    /// <returns>Connections.</returns>
    public long ConnectFor(long nanoseconds, int connections = int.MaxValue)
    {
        long before = Start(Next.Reconnect, nanoseconds);
        _target = connections;
        _opened = 0;
        for (int client = 0; client < _clients.Length && _opened < _target; client++)
        {
            Open(client);
            _opened++;
        }

        RunUntilQuiet();
        _opened = 0;
        return Echoes - before;
    }

    public void Dispose()
    {
        foreach (ref LoadClient client in _clients.AsSpan())
        {
            if (client.Fd != NoSocket)
            {
                _ = Libc.Close(client.Fd);
                client.Fd = NoSocket;
            }
        }

        _poller.Dispose();
    }

    private long Start(Next next, long nanoseconds)
    {
        _next = next;
        _now = MonotonicClock.Now();
        _deadline = _now + nanoseconds;
        _least = Echoes + EchoesAtLeast;
        return Echoes;
    }

    private void RunUntilQuiet()
    {
        while (_busy > 0)
        {
            ReadOnlySpan<KernelEvent> reports = _poller.Wait(StallMilliseconds);
            long before = _now;
            _now = MonotonicClock.Now();
            if (reports.IsEmpty && _now - before >= StallMilliseconds * 1_000_000L)
            {
                throw new LoadException(
                    string.Create(CultureInfo.InvariantCulture, $"{_busy} messages got no answer for 5 s")
                );
            }

            foreach (KernelEvent report in reports)
            {
                Advance((int)report.Token);
            }
        }
    }

    /// <summary>
    /// On loopback the handshake is usually over when connect returns, so the message is tried at
    /// once; where it is not, the report that the socket is writable comes by itself.
    /// </summary>
    private void Open(int client)
    {
        const int Type =
            LinuxConstants.StreamSocket | LinuxConstants.SocketNonBlocking | LinuxConstants.SocketCloseOnExec;
        int fd = Libc.Socket(SocketAddress.FamilyIPv4, Type, 0);
        Require(fd, "socket");
        _clients[client].Fd = fd;
        fixed (byte* address = _relay.Bytes)
        {
            if (Libc.Connect(fd, address, (uint)_relay.Length) < 0 && _poller.Errno != Errno.InProgress)
            {
                Require(-1, "connect");
            }
        }

        const Interest Interests = Interest.In | Interest.Out | Interest.EdgeTriggered;
        _poller.Watch(fd, Interests, client);
        Begin(client);
    }

    private void Begin(int client)
    {
        ref LoadClient state = ref _clients[client];
        state.Message++;
        state.Sent = 0;
        state.Received = 0;
        state.Busy = true;
        state.SentAt = MonotonicClock.Now();
        _busy++;
        Send(ref state, client);
    }

    private void Advance(int client)
    {
        ref LoadClient state = ref _clients[client];
        if (state.Busy && state.Sent < _messageBytes)
        {
            Send(ref state, client);
        }

        if (Receive(ref state, client))
        {
            Echoes++;
            Latency.RecordValue(Math.Min(MonotonicClock.Now() - state.SentAt, LatencyMost));
            state.Busy = false;
            _busy--;
            GoOn(ref state, client);
        }
    }

    private void GoOn(ref LoadClient state, int client)
    {
        switch (_next)
        {
            case Next.OpenAnother when _opened < _target:
                Open(_opened++);
                break;
            case Next.EchoAgain when GoesOn:
                Begin(client);
                break;
            case Next.Reconnect:
                _ = Libc.Close(state.Fd);
                state.Fd = NoSocket;
                if (GoesOn && _opened < _target)
                {
                    _opened++;
                    Open(client);
                }

                break;
            default:
                break;
        }
    }

    private void Send(ref LoadClient state, int client)
    {
        ReadOnlySpan<byte> left = MessagePattern.Of(client, state.Message, _messageBytes)[state.Sent..];
        fixed (byte* bytes = left)
        {
            nint sent = Libc.Send(state.Fd, bytes, (nuint)left.Length, LinuxConstants.SendWithoutSignal);
            if (sent < 0 && _poller.Errno != Errno.Again)
            {
                Require(-1, "send");
            }

            state.Sent += (int)Math.Max(sent, 0);
        }
    }

    /// <returns>Whether the message has come back whole.</returns>
    private bool Receive(ref LoadClient state, int client)
    {
        nint received;
        fixed (byte* bytes = _received)
        {
            received = Libc.Receive(state.Fd, bytes, ReceiveBytes, 0);
        }

        if (received < 0 && _poller.Errno == Errno.Again)
        {
            return false;
        }

        Require(received, "recv");
        if (received == 0)
        {
            throw new LoadException("the relay ended a connection by itself");
        }

        Compare(ref state, client, (int)received);
        return state.Received == _messageBytes;
    }

    private void Compare(ref LoadClient state, int client, int received)
    {
        int awaited = state.Sent - state.Received;
        ReadOnlySpan<byte> bytes = _received.AsSpan(0, received);
        ReadOnlySpan<byte> message = MessagePattern.Of(client, state.Message, _messageBytes);
        if (!state.Busy || received > awaited || !bytes.SequenceEqual(message.Slice(state.Received, received)))
        {
            throw new WrongByteException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"wrong bytes in message {state.Message} of connection {client}, after {state.Received} right ones"
                )
            );
        }

        state.Received += received;
    }

    private void Require(nint result, string call)
    {
        if (result < 0)
        {
            throw new LoadException($"{call}: {ErrnoName.Of(_poller.Errno)}");
        }
    }
}

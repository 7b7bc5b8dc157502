using System;
using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace Lure.EndToEnd.Tests.Peers;

/// <summary>
/// One end of a connection, blocking, under the test's control. Every wait ends after
/// <see cref="Patience"/> with a failure that says what was waited for.
/// </summary>
internal sealed class Peer : IDisposable
{
    /// <summary>A bound that only a broken relay reaches; nothing that passes waits for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const int ChunkBytes = 64 * 1024;

    private readonly Socket _socket;

    public Peer(Socket socket)
    {
        _socket = socket;
        LocalAddress = socket.LocalEndPoint?.ToString() ?? "";
        _socket.SendTimeout = _socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        if (socket.ProtocolType == ProtocolType.Tcp)
        {
            _socket.NoDelay = true;
        }
    }

    /// <summary>As the relay sees and prints it; also after the end.</summary>
    public string LocalAddress { get; }

    /// <exception cref="SocketException">As connect(2) answers, such as ECONNREFUSED.</exception>
    public static Peer Connect(EndPoint address)
    {
        var socket = NewSocket(address);
        try
        {
            socket.SendTimeout = (int)Patience.TotalMilliseconds;
            socket.Connect(address);
            return new Peer(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static Socket NewSocket(EndPoint address) =>
        new(
            address.AddressFamily,
            SocketType.Stream,
            address is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp
        );

    public void Send(ReadOnlySpan<byte> bytes)
    {
        var sent = _socket.Send(bytes, SocketFlags.None, out var error);
        Assert.That(
            (sent, error),
            Is.EqualTo((bytes.Length, SocketError.Success)),
            "a send did not take what it was given"
        );
    }

    public void Send(Pattern pattern, long count, long from = 0)
    {
        var chunk = new byte[(int)Math.Min(ChunkBytes, count)];
        for (long at = 0; at < count; )
        {
            var part = chunk.AsSpan(0, (int)Math.Min(chunk.Length, count - at));
            pattern.Fill(from + at, part);
            Send(part);
            at += part.Length;
        }
    }

    /// <summary>Sends until the other end has gone.</summary>
    public void TrySend(Pattern pattern, int count) => _socket.Send(pattern.Bytes(count), SocketFlags.None, out _);

    /// <summary>Sends and then says that this was all.</summary>
    public void SendAll(Pattern pattern, long count)
    {
        Send(pattern, count);
        HalfClose();
    }

    /// <summary>Sends as long as the kernel takes anything at all, and tells how much that was.</summary>
    /// <param name="pattern">What to send.</param>
    /// <param name="limit">Bytes after which the relay is taken to buffer without a bound.</param>
    public long SendUntilBlocked(Pattern pattern, long limit)
    {
        _socket.Blocking = false;
        var chunk = new byte[ChunkBytes];
        long at = 0;
        while (at < limit && _socket.Poll(TimeSpan.FromMilliseconds(100), SelectMode.SelectWrite))
        {
            pattern.Fill(at, chunk);
            var sent = _socket.Send(chunk, SocketFlags.None, out var error);
            Assert.That(error, Is.EqualTo(SocketError.Success).Or.EqualTo(SocketError.WouldBlock));
            at += error == SocketError.Success ? sent : 0;
        }

        _socket.Blocking = true;
        return at;
    }

    /// <summary>Reads that many bytes and checks each; the stream goes on after them.</summary>
    public void Expect(Pattern pattern, long count, long from = 0)
    {
        var got = Read(pattern, from, count, out var end);
        Assert.That((got, end), Is.EqualTo((count, (StreamEnd?)null)), "the stream ended before its time");
    }

    /// <returns>Null when the stream ends before.</returns>
    public int? ReadInt32()
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        for (var at = 0; at < bytes.Length; )
        {
            if (Receive(bytes[at..], at, out var count) is not null)
            {
                return null;
            }

            at += count;
        }

        return BitConverter.ToInt32(bytes);
    }

    /// <summary>Reads to the end, checks each byte, and tells how many there were and how it ended.</summary>
    public Received ReadToEnd(Pattern pattern, long from = 0)
    {
        var got = Read(pattern, from, long.MaxValue, out var end);
        return new Received(got, end!.Value);
    }

    /// <summary>Reads to an end before which nothing must come.</summary>
    public StreamEnd ReadEnd()
    {
        Span<byte> one = stackalloc byte[1];
        var end = Receive(one, 0, out var count);
        Assert.That(count, Is.Zero, "a byte came where nothing but the end was due");
        return end!.Value;
    }

    /// <summary>Bounds the waits of this peer's reads, where a promise names a time.</summary>
    public void Patient(TimeSpan bound) => _socket.ReceiveTimeout = (int)bound.TotalMilliseconds;

    public void HalfClose() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Makes the kernel give up what it has not sent, and tell the other end by RST.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    /// <summary>Waits until the other end's kernel has everything, so that a reset cannot throw any of it away.</summary>
    public void AwaitAcknowledged() =>
        Eventually.Holds(
            () => Kernel.Unacknowledged(_socket.SafeHandle),
            Is.Zero,
            "bytes that the other end's kernel has not acknowledged"
        );

    /// <summary>Whether bytes or an end can be read without waiting.</summary>
    public bool HasNews => _socket.Poll(0, SelectMode.SelectRead);

    /// <summary>Bytes that can be read without waiting.</summary>
    public int Available => _socket.Available;

    public void Dispose() => _socket.Dispose();

    private long Read(Pattern pattern, long from, long count, out StreamEnd? end)
    {
        var chunk = new byte[ChunkBytes];
        var wanted = new byte[ChunkBytes];
        long at = 0;
        end = null;
        while (at < count)
        {
            end = Receive(chunk.AsSpan(0, (int)Math.Min(chunk.Length, count - at)), at, out var got);
            if (end is not null)
            {
                break;
            }

            pattern.Fill(from + at, wanted.AsSpan(0, got));
            var same = chunk.AsSpan(0, got).CommonPrefixLength(wanted.AsSpan(0, got));
            Assert.That(same, Is.EqualTo(got), $"byte {from + at + same} is not the one that was sent there");
            at += got;
        }

        return at;
    }

    private StreamEnd? Receive(Span<byte> target, long already, out int count)
    {
        count = _socket.Receive(target, SocketFlags.None, out var error);
        return (error, count) switch
        {
            (SocketError.Success, > 0) => null,
            (SocketError.Success, 0) => StreamEnd.Fin,
            (SocketError.ConnectionReset, _) => StreamEnd.Reset,
            _ => throw new AssertionException($"{error} after {already} bytes, where data or an end was due"),
        };
    }
}

using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Lure.Linux.Kernel;

namespace Lure.Linux.Demo;

/// <summary>A client's connection through the relay to the echo backend.</summary>
/// <remarks>
/// All calls throw <see cref="SocketException"/> when the connection breaks,
/// <see cref="EndOfStreamException"/> when it ends too early, and <see cref="WrongEchoException"/>
/// when a byte is wrong.
/// </remarks>
internal sealed class EchoSession : IDisposable
{
    /// <summary>Bytes. Fits the sockets' buffers: it can be sent whole before a byte of it is received.</summary>
    public const int LongestMessage = 16 * 1024;

    private readonly int _number;
    private readonly Socket _socket;
    private readonly byte[] _sent = new byte[LongestMessage];
    private readonly byte[] _received = new byte[LongestMessage];
    private int _round;

    private EchoSession(Socket socket, int number) => (_socket, _number) = (socket, number);

    public static async Task<EchoSession> OpenAsync(EndPoint relay, int number, CancellationToken abort)
    {
        Socket socket = new(relay.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        EchoSession session = new(socket, number);
        try
        {
            await socket.ConnectAsync(relay, abort).ConfigureAwait(false);
        }
        catch
        {
            session.Dispose();
            throw;
        }

        return session;
    }

    public static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken abort)
    {
        while (!bytes.IsEmpty)
        {
            int sent = await socket.SendAsync(bytes, abort).ConfigureAwait(false);
            bytes = bytes[sent..];
        }
    }

    /// <summary>Sends a message and checks each byte that comes back.</summary>
    /// <param name="size">Bytes; at most <see cref="LongestMessage"/>.</param>
    /// <param name="last">Whether to half-close behind it and to demand the end behind the echo.</param>
    /// <param name="abort">Gives up.</param>
    /// <returns>ns from before the first byte was sent until the last one was back.</returns>
    public async Task<long> EchoAsync(int size, bool last, CancellationToken abort)
    {
        EchoPattern.Fill(_sent.AsSpan(0, size), _number, _round);
        _round++;
        long sentAt = MonotonicClock.Now();
        await SendAllAsync(_socket, _sent.AsMemory(0, size), abort).ConfigureAwait(false);
        if (last)
        {
            _socket.Shutdown(SocketShutdown.Send);
        }

        await ReceiveAllAsync(size, abort).ConfigureAwait(false);
        long latency = MonotonicClock.Now() - sentAt;
        if (EchoPattern.Difference(_sent.AsSpan(0, size), _received.AsSpan(0, size)) is { } difference)
        {
            throw new WrongEchoException(difference);
        }

        if (last && await _socket.ReceiveAsync(_received, abort).ConfigureAwait(false) is > 0 and int more)
        {
            throw new WrongEchoException($"{more} bytes came back that were never sent");
        }

        return latency;
    }

    /// <summary>Makes the backend reset, and demands that the bytes before the reset come through, and then the reset.</summary>
    public async Task AwaitResetAsync(CancellationToken abort)
    {
        await SendAllAsync(_socket, EchoBackend.ResetLine, abort).ConfigureAwait(false);
        await ReceiveAllAsync(EchoBackend.ResetLine.Length, abort).ConfigureAwait(false);
        try
        {
            int count = await _socket.ReceiveAsync(_received, abort).ConfigureAwait(false);
            throw new WrongEchoException(
                count == 0
                    ? "the backend's reset came through as a clean end"
                    : $"{count} bytes came instead of a reset"
            );
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // The very thing that was asked for.
        }
    }

    /// <summary>Makes <see cref="Dispose"/> reset the connection instead of closing it.</summary>
    public void ResetAtEnd() => _socket.LingerState = new LingerOption(enable: true, seconds: 0);

    public void Dispose() => _socket.Dispose();

    private async Task ReceiveAllAsync(int size, CancellationToken abort)
    {
        int count = 0;
        while (count < size)
        {
            int more = await _socket.ReceiveAsync(_received.AsMemory(count, size - count), abort).ConfigureAwait(false);
            if (more == 0)
            {
                throw new EndOfStreamException($"the connection ended after {count} of {size} bytes");
            }

            count += more;
        }
    }
}

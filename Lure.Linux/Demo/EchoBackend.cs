using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Lure.Linux.Demo;

/// <summary>
/// Sends back what comes, on a port of 127.0.0.1 that the kernel chooses. A line that says no more
/// than <c>reset</c> makes it end its connection by a reset, so that this end can be seen too.
/// </summary>
internal sealed class EchoBackend : IDisposable
{
    /// <summary>For the clients of a whole demonstration that arrive at once.</summary>
    private const int Backlog = 512;

    private const int BufferBytes = 16 * 1024;

    private static readonly TimeSpan s_acceptPause = TimeSpan.FromMilliseconds(10);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _end = new();

    /// <exception cref="SocketException">There is no loopback interface, no port or no descriptor left.</exception>
    public EchoBackend()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(Backlog);
    }

    public static ReadOnlyMemory<byte> ResetLine { get; } = "reset\n"u8.ToArray();

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndPoint!;

    public void Start() => _ = AcceptAsync();

    /// <summary>Ends every connection too.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        CancellationToken end = _end.Token;
        while (!end.IsCancellationRequested)
        {
            try
            {
                Socket client = await _listener.AcceptAsync(end).ConfigureAwait(false);
                _ = ServeAsync(client, end);
            }
            catch (SocketException)
            {
                // No descriptor left, most likely: the next one that closes makes room.
                await Task.Delay(s_acceptPause, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static async Task ServeAsync(Socket client, CancellationToken end)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                byte[] buffer = new byte[BufferBytes];
                while (await client.ReceiveAsync(buffer, end).ConfigureAwait(false) is > 0 and int count)
                {
                    // Also before a reset: the echo acknowledges what came, and nothing of it counts as lost.
                    await EchoSession.SendAllAsync(client, buffer.AsMemory(0, count), end).ConfigureAwait(false);
                    if (buffer.AsSpan(0, count).SequenceEqual(ResetLine.Span))
                    {
                        client.LingerState = new LingerOption(enable: true, seconds: 0);
                        return;
                    }
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // A client that resets is part of the demonstration; the relay says how it ended.
            }
        }
    }
}

using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Lure.Linux.Tests.Demo;

/// <summary>Serves one connection: what comes first goes back as a function has it, and then it closes.</summary>
internal sealed class FalseServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public FalseServer(Func<byte[], byte[]> answer)
    {
        _listener.Start();
        _ = ServeAsync(answer);
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(Func<byte[], byte[]> answer)
    {
        using Socket client = await _listener.AcceptSocketAsync().ConfigureAwait(false);
        byte[] buffer = new byte[64];
        int count = await client.ReceiveAsync(buffer).ConfigureAwait(false);
        _ = await client.SendAsync(answer(buffer[..count])).ConfigureAwait(false);
    }
}

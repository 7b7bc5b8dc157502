using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using SocketAddress = Lure.Core.Kernel.SocketAddress;

namespace Lure.Linux.Tests.Relay;

/// <summary>A server that gives back what it gets, connection after connection.</summary>
internal sealed class EchoServer : IDisposable
{
    private readonly Socket _listener;
    private readonly Task _serving;

    public EchoServer(EndPoint where)
    {
        _listener = new Socket(where.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(where);
        _listener.Listen();
        _serving = Task.Run(ServeAsync);
    }

    public SocketAddress Address => Kernel.Addresses.Of(_listener.LocalEndPoint!);

    public void Dispose()
    {
        _listener.Dispose();
        _serving.Wait();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptAsync().ConfigureAwait(false);
                _ = EchoAsync(client);
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The listener was closed: the test is over.
        }
    }

    private static async Task EchoAsync(Socket client)
    {
        using NetworkStream stream = new(client, ownsSocket: true);
        try
        {
            await stream.CopyToAsync(stream).ConfigureAwait(false);
            client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is System.IO.IOException or SocketException)
        {
            // A client that was reset has nothing to be given back.
        }
    }
}

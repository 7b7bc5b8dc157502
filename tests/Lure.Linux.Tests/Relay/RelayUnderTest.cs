using System;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Lure.Core.Backends;
using Lure.Linux.Configuration;
using Lure.Linux.Relay;
using Lure.Linux.Sockets;
using Lure.Linux.Tests.Sockets;

namespace Lure.Linux.Tests.Relay;

/// <summary>A relay before an echo server, with the clients of one test.</summary>
internal sealed class RelayUnderTest : IDisposable
{
    private const int MillisecondsAtMost = 20_000;

    private readonly EchoServer _server = new(new IPEndPoint(IPAddress.Loopback, 0));

    public RelayUnderTest(params ImmutableArray<BindAddress> binds)
        : this(settings => settings, binds) { }

    /// <param name="change">Of the usual settings.</param>
    /// <param name="binds">Where it listens.</param>
    public RelayUnderTest(Func<Settings, Settings> change, params ImmutableArray<BindAddress> binds) =>
        Relay = RunningRelay.Start(change(Settings(_server.Address, binds)));

    public RunningRelay Relay { get; }

    /// <summary>Two workers on any machine, and few sessions.</summary>
    public static Settings Settings(Core.Kernel.SocketAddress server, params ImmutableArray<BindAddress> binds) =>
        new()
        {
            Workers = 2,
            MaxConnections = 100,
            Listeners = Binds.Listener(binds),
            Backends =
            [
                new BackendSpec { Name = "echo", Servers = [new ServerSpec { Name = "echo", Address = server }] },
            ],
        };

    /// <summary>A client that is connected to one of the relay's addresses.</summary>
    public Socket Connect(int address = 0)
    {
        Core.Kernel.SocketAddress where = Relay.Addresses[address].Address;
        string text = PrintedAddress.Of(where);
        EndPoint point = text.StartsWith("unix:", StringComparison.Ordinal)
            ? new UnixDomainSocketEndPoint(text["unix:".Length..])
            : IPEndPoint.Parse(text);
        Socket client = new(point.AddressFamily, SocketType.Stream, ProtocolType.Unspecified)
        {
            ReceiveTimeout = MillisecondsAtMost,
            SendTimeout = MillisecondsAtMost,
        };
        client.Connect(point);
        return client;
    }

    /// <summary>What comes back for a text.</summary>
    public static string Echo(Socket client, string text)
    {
        _ = client.Send(Encoding.UTF8.GetBytes(text));
        byte[] back = new byte[Encoding.UTF8.GetByteCount(text)];
        int count = 0;
        while (count < back.Length && client.Receive(back.AsSpan(count)) is > 0 and int more)
        {
            count += more;
        }

        return Encoding.UTF8.GetString(back, 0, count);
    }

    public bool Ends() => Relay.WaitForEnd(TimeSpan.FromMilliseconds(MillisecondsAtMost));

    public void Dispose()
    {
        Relay.Dispose();
        _server.Dispose();
    }
}

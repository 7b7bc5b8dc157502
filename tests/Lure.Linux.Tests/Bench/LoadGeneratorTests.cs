using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Lure.Bench.Load;
using NUnit.Framework;

namespace Lure.Linux.Tests.Bench;

internal sealed class LoadGeneratorTests
{
    private const int MessageBytes = 200;
    private const long Millisecond = 1_000_000;

    [Test]
    public void Every_connection_echoes_once_when_it_is_opened()
    {
        using EchoBackend backend = new();
        using LoadGenerator load = new(backend.Port, clients: 100, MessageBytes);
        load.OpenTo(30);
        load.OpenTo(100);
        Assert.That(load.Echoes, Is.EqualTo(100));
    }

    [Test]
    public void An_echo_row_counts_what_came_back()
    {
        using EchoBackend backend = new();
        using LoadGenerator load = new(backend.Port, clients: 4, MessageBytes);
        load.OpenTo(4);
        long echoes = load.EchoFor(Millisecond);
        Assert.That(echoes, Is.GreaterThanOrEqualTo(4).And.EqualTo(load.Echoes - 4));
    }

    [Test]
    public void As_many_connections_are_made_as_asked()
    {
        using EchoBackend backend = new();
        using LoadGenerator load = new(backend.Port, clients: 4, MessageBytes);
        long first = load.ConnectFor(long.MaxValue / 2, connections: 10);
        long second = load.ConnectFor(long.MaxValue / 2, connections: 3);
        Assert.That((first, second), Is.EqualTo((10, 3)));
    }

    [Test]
    public void A_message_that_arrives_in_pieces_is_one_echo()
    {
        using Peer peer = new(
            (socket, message) =>
            {
                socket.Send(message.AsSpan(0, 1));
                socket.Send(message.AsSpan(1, 100));
                socket.Send(message.AsSpan(101));
            }
        );
        using LoadGenerator load = new(peer.Port, clients: 1, MessageBytes);
        load.OpenTo(1);
        Assert.That(load.Echoes, Is.EqualTo(1));
    }

    [TestCase(0)]
    [TestCase(MessageBytes / 2)]
    [TestCase(MessageBytes - 1)]
    public void A_wrong_byte_is_found(int place)
    {
        using Peer peer = new(
            (socket, message) =>
            {
                message[place] ^= 1;
                socket.Send(message);
            }
        );
        using LoadGenerator load = new(peer.Port, clients: 1, MessageBytes);
        Assert.That(() => load.OpenTo(1), Throws.TypeOf<WrongByteException>());
    }

    [Test]
    public void A_byte_too_many_is_found()
    {
        using Peer peer = new((socket, message) => socket.Send([.. message, 0]));
        using LoadGenerator load = new(peer.Port, clients: 1, MessageBytes);
        Assert.That(() => load.OpenTo(1), Throws.TypeOf<WrongByteException>());
    }

    [Test]
    public void The_message_of_another_connection_is_wrong()
    {
        byte[] first = MessagePattern.Of(connection: 0, message: 1, MessageBytes).ToArray();
        byte[] second = MessagePattern.Of(connection: 1, message: 1, MessageBytes).ToArray();
        byte[] later = MessagePattern.Of(connection: 0, message: 2, MessageBytes).ToArray();
        Assert.That(first, Is.Not.EqualTo(second).And.Not.EqualTo(later));
    }

    [Test]
    public void An_end_instead_of_an_echo_fails_the_load()
    {
        using Peer peer = new((socket, _) => socket.Shutdown(SocketShutdown.Both));
        using LoadGenerator load = new(peer.Port, clients: 1, MessageBytes);
        Assert.That(() => load.OpenTo(1), Throws.TypeOf<LoadException>().With.Message.Contains("ended a connection"));
    }

    /// <summary>Takes one connection and one message, and answers it as it was told.</summary>
    private sealed class Peer : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly Thread _thread;

        public Peer(Action<Socket, byte[]> answer)
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen();
            Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
            _thread = new Thread(() => Serve(answer));
            _thread.Start();
        }

        public int Port { get; }

        public void Dispose()
        {
            _thread.Join();
            _listener.Dispose();
        }

        private void Serve(Action<Socket, byte[]> answer)
        {
            using Socket socket = _listener.Accept();
            socket.NoDelay = true;
            byte[] message = new byte[MessageBytes];
            int received = 0;
            while (received < message.Length)
            {
                received += socket.Receive(message.AsSpan(received));
            }

            answer(socket, message);
        }
    }
}

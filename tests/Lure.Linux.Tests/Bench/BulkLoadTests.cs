using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Lure.Bench.Load;
using NUnit.Framework;

namespace Lure.Linux.Tests.Bench;

/// <summary>The bulk load against a relay of one stream that does as it is told, and straight to its own backend.</summary>
internal sealed class BulkLoadTests
{
    private const long Millisecond = 1_000_000;
    private const int Header = sizeof(int);

    [TestCase(BulkDirection.Download)]
    [TestCase(BulkDirection.Upload)]
    public void Every_byte_that_was_sent_arrives(BulkDirection direction)
    {
        using BulkLoad load = new(direction, streams: 5);
        load.Open(load.Port);
        long first = load.RunFor(5 * Millisecond);
        long second = load.RunFor(5 * Millisecond);
        load.Finish();
        Assert.That(first, Is.Positive);
        Assert.That(second, Is.Positive);
    }

    [Test]
    public void A_byte_is_known_by_its_place_and_its_stream()
    {
        byte[] bytes = BulkPattern.Of(stream: 1, position: 1_000_000, 4096).ToArray();
        byte[] later = BulkPattern.Of(stream: 1, position: 1_016_384, 4096).ToArray();
        byte[] other = BulkPattern.Of(stream: 2, position: 1_000_000, 4096).ToArray();
        byte[] tail = BulkPattern.Of(stream: 1, position: 1_000_001, 4095).ToArray();
        Assert.That(bytes, Is.Not.EqualTo(later).And.Not.EqualTo(other));
        Assert.That(tail, Is.EqualTo(bytes[1..]));
    }

    [TestCase(BulkDirection.Download)]
    [TestCase(BulkDirection.Upload)]
    public void A_wrong_byte_is_found(BulkDirection direction)
    {
        using BulkLoad load = new(direction, streams: 1);
        using Relay relay = new(load.Port, direction, bytes => bytes[^1] ^= 1);
        load.Open(relay.Port);
        Assert.That(
            () => load.RunFor(5 * Millisecond),
            Throws.TypeOf<WrongByteException>().With.Message.Contains("of stream 0")
        );
    }

    [Test]
    public void A_stream_that_ends_too_early_is_found()
    {
        using BulkLoad load = new(BulkDirection.Upload, streams: 1);
        using Relay relay = new(load.Port, BulkDirection.Upload, _ => { }, endsAfterFirst: true);
        load.Open(relay.Port);
        Assert.That(
            () => load.RunFor(50 * Millisecond),
            Throws.TypeOf<WrongByteException>().With.Message.Contains("ended after 4096 of")
        );
    }

    /// <summary>Relays the header as it is, and what follows it one way, after somebody had a hand in it.</summary>
    private sealed class Relay : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly ManualResetEventSlim _done = new();
        private readonly Thread _thread;

        public Relay(int backendPort, BulkDirection direction, Action<byte[]> touch, bool endsAfterFirst = false)
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen();
            Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
            _thread = new Thread(() => Serve(backendPort, direction, touch, endsAfterFirst));
            _thread.Start();
        }

        public int Port { get; }

        public void Dispose()
        {
            _done.Set();
            _thread.Join();
            _listener.Dispose();
            _done.Dispose();
        }

        private void Serve(int backendPort, BulkDirection direction, Action<byte[]> touch, bool endsAfterFirst)
        {
            using Socket client = _listener.Accept();
            using Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            server.Connect(IPAddress.Loopback, backendPort);
            byte[] header = new byte[Header];
            _ = client.Receive(header);
            _ = server.Send(header);
            (Socket from, Socket to) = direction == BulkDirection.Upload ? (client, server) : (server, client);
            byte[] bytes = new byte[4096];
            int received = 0;
            while (received < bytes.Length)
            {
                received += from.Receive(bytes.AsSpan(received));
            }

            touch(bytes);
            _ = to.Send(bytes);
            if (endsAfterFirst)
            {
                to.Shutdown(SocketShutdown.Send);
            }

            _done.Wait();
        }
    }
}

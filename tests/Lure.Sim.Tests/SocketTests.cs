using System;
using System.Linq;
using System.Text;
using Lure.Core.Kernel;
using Lure.Sim.Polling;
using Lure.Sim.Sockets;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>Sockets and pipes themselves, where neither a script nor a kernel can say so: links that carry little, how an end looked.</summary>
public sealed class SocketTests
{
    private FakeWorld _world = null!;

    [SetUp]
    public void StartWorld() => _world = new FakeWorld();

    [Test]
    public void AnUrgentByteArrivesWhereItWasSent()
    {
        (TcpSocket client, TcpSocket server) = Pair();
        client.LinkCredit = 2;
        client.Send("abcde"u8, []);
        client.SendUrgent("!"u8);
        client.Send("xyz"u8, []);
        Assert.That(server.Look() & Readiness.Urgent, Is.EqualTo(Readiness.None));
        client.LinkCredit = 3;
        Assert.That(server.Look() & Readiness.Urgent, Is.EqualTo(Readiness.None), "it comes next");
        client.LinkCredit = 1;
        Assert.That(server.Look() & Readiness.Urgent, Is.EqualTo(Readiness.Urgent));
        client.LinkCredit = long.MaxValue;
        Assert.That(Read(server), Is.EqualTo("abcde"));
        byte[] urgent = new byte[1];
        Assert.That((server.ReceiveUrgent(urgent), urgent[0]), Is.EqualTo((1, (byte)'!')));
        Assert.That(Read(server), Is.EqualTo("xyz"));
    }

    [Test]
    public void AnUrgentByteThatComesTooLateIsMarkedWhereItWouldHaveBeen()
    {
        (TcpSocket client, TcpSocket server) = Pair();
        client.LinkHeld = true;
        client.Send("ab"u8, []);
        client.SendUrgent("!"u8);
        server.Shutdown(read: true, write: true);
        client.LinkHeld = false;
        Assert.That(server.State, Is.EqualTo(TcpState.Closed));
        Assert.That(server.Look() & Readiness.Urgent, Is.EqualTo(Readiness.Urgent));
    }

    [Test]
    public void ATcpSocketIsOfItsFamily()
    {
        SocketAddress unix = FakeAddress.Unix(1);
        Assert.That(_world.Network.Create().Bind(unix), Is.EqualTo(-Errno.AddressFamilyNotSupported));
        Assert.That(_world.Network.Create().Connect(unix), Is.EqualTo(-Errno.AddressFamilyNotSupported));
    }

    [Test]
    public void AConnectionIsEstablishedUntilItsOwnEndIsOver()
    {
        (TcpSocket client, TcpSocket server) = Pair();
        Assert.That((client.IsEstablished, server.IsEstablished), Is.EqualTo((true, true)));
        server.Shutdown(read: false, write: true);
        Assert.That((client.IsEstablished, server.IsEstablished), Is.EqualTo((true, false)));
        client.Close();
        Assert.That(client.IsEstablished, Is.False);
        Assert.That(_world.Network.Create().IsEstablished, Is.False);
    }

    [Test]
    public void AUnixConnectionIsEstablishedWhileThereIsAPeer()
    {
        UnixSocket listener = UnixListener();
        (UnixSocket client, UnixSocket server) = UnixPair(listener);
        Assert.That((client.IsEstablished, server.IsEstablished), Is.EqualTo((true, true)));
        Assert.That((listener.IsEstablished, _world.Network.CreateUnix().IsEstablished), Is.EqualTo((false, false)));
        server.Close();
        Assert.That(client.IsEstablished, Is.False);
    }

    [Test]
    public void AUnixPeerEndsOnceAndTheFirstEndCounts()
    {
        UnixSocket listener = UnixListener();
        (UnixSocket reader, UnixSocket ofReader) = UnixPair(listener);
        ofReader.Shutdown(read: true, write: false);
        Assert.That(reader.Ended, Is.EqualTo(PeerEnd.None), "only who writes no more has ended");
        reader.Shutdown(read: false, write: true);
        ofReader.Close();
        Assert.That(reader.Ended, Is.EqualTo(PeerEnd.Fin));

        (UnixSocket finished, UnixSocket ofFinished) = UnixPair(listener);
        finished.Send("abc"u8, []);
        ofFinished.Shutdown(read: false, write: true);
        Assert.That(finished.Ended, Is.EqualTo(PeerEnd.Fin));
        ofFinished.Close();
        Assert.That(finished.Ended, Is.EqualTo(PeerEnd.Fin), "though bytes were unread");

        (UnixSocket reset, UnixSocket ofReset) = UnixPair(listener);
        reset.Send("abc"u8, []);
        ofReset.Close();
        Assert.That(reset.Ended, Is.EqualTo(PeerEnd.Reset));
        ofReset = UnixPair(listener).Server;
        Assert.That(ofReset.Ended, Is.EqualTo(PeerEnd.None));
    }

    [Test]
    public void UnixNamesAreTheListenersAndFreeAgainAfterIt()
    {
        UnixSocket listener = UnixListener();
        (UnixSocket client, UnixSocket server) = UnixPair(listener);
        byte[] name = FakeAddress.Unix(1).Bytes.ToArray();
        Assert.That(client.Remote.Bytes.ToArray(), Is.EqualTo(name));
        Assert.That(server.Local.Bytes.ToArray(), Is.EqualTo(name));
        server.Close();
        Assert.That(_world.Network.CreateUnix().Bind(FakeAddress.Unix(1)), Is.EqualTo(-Errno.AddressInUse));
        listener.Close();
        Assert.That(_world.Network.CreateUnix().Bind(FakeAddress.Unix(1)), Is.Zero);
    }

    [Test]
    public void APieceGoesOverTheBorderOfTwoVectors()
    {
        (UnixSocket client, UnixSocket server) = UnixPair(UnixListener());
        byte[] bytes = [.. Enumerable.Range(0, 60_000).Select(i => (byte)(i * 31 / 7))];
        Assert.That(client.Send(bytes.AsSpan(0, 30_000), bytes.AsSpan(30_000)), Is.EqualTo(bytes.Length));
        byte[] read = new byte[bytes.Length];
        Assert.That(server.Receive(read, []), Is.EqualTo(bytes.Length));
        Assert.That(read, Is.EqualTo(bytes));
    }

    // unix_writable: a quarter of the buffer; of a byte 256 of an skb and 512 of its slab are charged.
    [Test]
    public void AUnixSocketTakesBytesUntilItsMemoryIsUsedUp()
    {
        (UnixSocket client, UnixSocket server) = UnixPair(UnixListener());
        client.SendCapacity = 3072;
        Assert.That(client.Send("a"u8, []), Is.EqualTo(1));
        Assert.That((client.Unacknowledged, client.Poll() & Readiness.Out), Is.EqualTo((768, Readiness.Out)));
        Assert.That(client.Send("b"u8, []), Is.EqualTo(1));
        Assert.That(client.Poll() & Readiness.Out, Is.EqualTo(Readiness.None));
        client.SendCapacity = 1536;
        Assert.That(client.Send("c"u8, []), Is.EqualTo(-Errno.Again));
        Pipe pipe = _world.Network.CreatePipe();
        pipe.Write("d"u8, []);
        Assert.That(client.SpliceFrom(pipe, 1), Is.EqualTo(-Errno.Again));
        Assert.That(Read(server), Is.EqualTo("ab"));
        Assert.That(client.SpliceFrom(pipe, 1), Is.EqualTo(1));
    }

    [Test]
    public void ASlotThatChangesPipesAsAWholeTakesMoreBytesAndAPartDoesNot([Values] bool whole)
    {
        Pipe from = _world.Network.CreatePipe();
        Pipe to = _world.Network.CreatePipe();
        to.Resize(4096);
        from.Write(new byte[10], []);
        Assert.That(from.SpliceTo(to, whole ? 10 : 9), Is.EqualTo(whole ? 10 : 9));
        Assert.That(to.Write(new byte[4086], []), Is.EqualTo(whole ? 4086 : -Errno.Again));
    }

    [Test]
    public void ASpliceEndsInsideTheSlotThatHoldsItsLastByte()
    {
        Pipe from = _world.Network.CreatePipe();
        Pipe to = _world.Network.CreatePipe();
        from.Write(new byte[4096], []);
        from.Write(new byte[4096], []);
        Assert.That(from.SpliceTo(to, 5000), Is.EqualTo(5000));
        Assert.That((from.Count, to.Count), Is.EqualTo((3192, 5000)));
    }

    // Slots are in a ring, which grows when there are more of them than before.
    [Test]
    public void APipeKeepsTheOrderOfItsSlotsWhenItGrows()
    {
        Pipe pipe = _world.Network.CreatePipe();
        pipe.Resize(64 * 4096);
        Fill(pipe, 1, 2, 3);
        pipe.Read(new byte[3], []);
        Fill(pipe, [.. Enumerable.Range(4, 40)]);
        for (int length = 3; length < 44; length++)
        {
            int before = pipe.FreeFor(int.MaxValue);
            Assert.That(pipe.Read(new byte[length - 1], []), Is.EqualTo(length - 1));
            Assert.That(pipe.FreeFor(int.MaxValue), Is.EqualTo(before), "a byte of it is left");
            pipe.Read(new byte[1], []);
            Assert.That(pipe.FreeFor(int.MaxValue), Is.EqualTo(before + 4096));
        }
    }

    [Test]
    public void BytesTellReadersAndNotWhoWaitsForRoom()
    {
        (TcpSocket client, TcpSocket server) = Pair();
        (UnixSocket unixClient, UnixSocket unixServer) = UnixPair(UnixListener());
        Epoll epoll = new();
        epoll.Add(1, server, Interest.Out | Interest.EdgeTriggered, 1);
        epoll.Add(2, unixServer, Interest.Out | Interest.EdgeTriggered, 2);
        KernelEvent[] events = new KernelEvent[4];
        Assert.That(epoll.Collect(events), Is.EqualTo(2));
        client.Send("a"u8, []);
        client.SendUrgent("!"u8);
        unixClient.Send("a"u8, []);
        Assert.That(epoll.Collect(events), Is.Zero);
    }

    private static void Fill(Pipe pipe, params ReadOnlySpan<int> lengths)
    {
        foreach (int length in lengths)
        {
            ByteQueue bytes = new(new RingPool());
            bytes.Append(new byte[length]);
            pipe.Fill(bytes, length);
        }
    }

    private (TcpSocket Client, TcpSocket Server) Pair()
    {
        TcpSocket listener = _world.Network.Create();
        listener.Listen(Rig.Backend, 9);
        TcpSocket client = _world.Network.Create();
        client.Connect(Rig.Backend);
        return (client, listener.TakeAccepted()!);
    }

    private UnixSocket UnixListener()
    {
        UnixSocket listener = _world.Network.CreateUnix();
        listener.Bind(FakeAddress.Unix(1));
        listener.Listen(9);
        return listener;
    }

    private (UnixSocket Client, UnixSocket Server) UnixPair(UnixSocket listener)
    {
        UnixSocket client = _world.Network.CreateUnix();
        Assert.That(client.Connect(FakeAddress.Unix(1)), Is.Zero);
        return (client, listener.TakeAccepted()!);
    }

    private static string Read(StreamSocket socket)
    {
        byte[] bytes = new byte[64];
        return Encoding.ASCII.GetString(bytes, 0, socket.Receive(bytes, []));
    }
}

using System;
using System.Linq;
using Lure.Core.Kernel;
using Lure.Sim.Polling;
using Lure.Sim.Sockets;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>
/// Unix sockets themselves, where neither a script nor a kernel can say so: names, how an end looked, memory, what a read
/// takes with it.
/// </summary>
public sealed class UnixSocketTests
{
    private FakeWorld _world = null!;

    [SetUp]
    public void StartWorld() => _world = new FakeWorld();

    [Test]
    public void AUnixConnectionIsEstablishedWhileThereIsAPeer()
    {
        UnixSocket listener = _world.UnixListener();
        (UnixSocket client, UnixSocket server) = _world.UnixPair(listener);
        Assert.That((client.IsEstablished, server.IsEstablished), Is.EqualTo((true, true)));
        Assert.That((listener.IsEstablished, _world.Network.CreateUnix().IsEstablished), Is.EqualTo((false, false)));
        server.Close();
        Assert.That(client.IsEstablished, Is.False);
    }

    [Test]
    public void AUnixPeerEndsOnceAndTheFirstEndCounts()
    {
        UnixSocket listener = _world.UnixListener();
        (UnixSocket reader, UnixSocket ofReader) = _world.UnixPair(listener);
        ofReader.Shutdown(read: true, write: false);
        Assert.That(reader.Ended, Is.EqualTo(PeerEnd.None), "only who writes no more has ended");
        reader.Shutdown(read: false, write: true);
        ofReader.Close();
        Assert.That(reader.Ended, Is.EqualTo(PeerEnd.Fin));

        (UnixSocket finished, UnixSocket ofFinished) = _world.UnixPair(listener);
        finished.Send("abc"u8, []);
        ofFinished.Shutdown(read: false, write: true);
        Assert.That(finished.Ended, Is.EqualTo(PeerEnd.Fin));
        ofFinished.Close();
        Assert.That(finished.Ended, Is.EqualTo(PeerEnd.Fin), "though bytes were unread");

        (UnixSocket reset, UnixSocket ofReset) = _world.UnixPair(listener);
        reset.Send("abc"u8, []);
        ofReset.Close();
        Assert.That(reset.Ended, Is.EqualTo(PeerEnd.Reset));
        ofReset = _world.UnixPair(listener).Server;
        Assert.That(ofReset.Ended, Is.EqualTo(PeerEnd.None));
    }

    [Test]
    public void UnixNamesAreTheListenersAndFreeAgainAfterIt()
    {
        UnixSocket listener = _world.UnixListener();
        (UnixSocket client, UnixSocket server) = _world.UnixPair(listener);
        byte[] name = FakeAddress.Unix(1).Bytes.ToArray();
        Assert.That(client.Remote.Bytes.ToArray(), Is.EqualTo(name));
        Assert.That(server.Local.Bytes.ToArray(), Is.EqualTo(name));
        Assert.That(server.Bind(FakeAddress.Unix(2)), Is.EqualTo(-Errno.Invalid), "it has a name");
        server.Close();
        UnixSocket next = _world.Network.CreateUnix();
        Assert.That(next.Bind(FakeAddress.Unix(1)), Is.EqualTo(-Errno.AddressInUse));
        listener.Close();
        Assert.That(next.Bind(FakeAddress.Unix(1)), Is.Zero);
        Assert.That(next.Bind(FakeAddress.Unix(2)), Is.EqualTo(-Errno.Invalid), "a socket has one name");
    }

    [Test]
    public void BytesDoNotTellWhoWatchesForRoom()
    {
        (UnixSocket client, UnixSocket server) = _world.UnixPair();
        Epoll writer = SocketSteps.Edges(server, Interest.Out);
        client.Send("a"u8, []);
        Assert.That(writer.Next(), Is.EqualTo(Readiness.None));
    }

    [Test]
    public void APieceGoesOverTheBorderOfTwoVectors()
    {
        (UnixSocket client, UnixSocket server) = _world.UnixPair();
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
        (UnixSocket client, UnixSocket server) = _world.UnixPair();
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
        Assert.That(server.ReadText(), Is.EqualTo("ab"));
        Assert.That(client.SpliceFrom(pipe, 1), Is.EqualTo(1));
    }

    // SKB_TRUESIZE: a head of up to 3776 bytes beside what the kernel puts there, and pages for what is longer.
    [TestCase(3776, 256 + 4096)]
    [TestCase(3776 + 4096, 256 + 4096 + 4096)]
    public void MemoryIsChargedByTheHeadAndItsPages(int bytes, int memory)
    {
        (UnixSocket client, UnixSocket server) = _world.UnixPair();
        Assert.That(client.Send(new byte[bytes], []), Is.EqualTo(bytes));
        Assert.That(client.Unacknowledged, Is.EqualTo(memory));
        Assert.That(server.Readable, Is.EqualTo(bytes));
    }

    // unix_stream_read_generic looks behind the last byte, unless it has as much as is asked for.
    [TestCase(9, 5, 0)]
    [TestCase(9, 3, -Errno.ConnectionReset)]
    [TestCase(3, 5, -Errno.ConnectionReset)]
    public void AReadThatWantedMoreTakesTheErrorBehindIt(int wanted, int lowWater, int next)
    {
        (UnixSocket client, UnixSocket server) = _world.UnixPair();
        server.Send("abc"u8, []);
        client.Send("unread"u8, []);
        server.Close();
        client.SetReceiveLowWater(lowWater);
        Assert.That(client.Receive(new byte[wanted], []), Is.EqualTo(3));
        Assert.That(client.Receive(new byte[9], []), Is.EqualTo(next));
    }

    [Test]
    public void AReadThatEndsForWhatWasPassedLeavesTheErrorBehindTheRest()
    {
        (UnixSocket client, UnixSocket server) = _world.UnixPair();
        server.SendWithRights("abc"u8);
        server.Send("de"u8, []);
        client.Send("unread"u8, []);
        server.Close();
        client.SetReceiveLowWater(9);
        Assert.That(client.Receive(new byte[9], []), Is.EqualTo(3));
        Assert.That(client.Receive(new byte[2], []), Is.EqualTo(2));
        Assert.That(client.Receive(new byte[9], []), Is.EqualTo(-Errno.ConnectionReset));
    }
}

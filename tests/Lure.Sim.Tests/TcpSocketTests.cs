using Lure.Core.Kernel;
using Lure.Sim.Polling;
using Lure.Sim.Sockets;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>TCP sockets themselves, where neither a script nor a kernel can say so: links that carry little, how an end looked.</summary>
public sealed class TcpSocketTests
{
    private FakeWorld _world = null!;

    [SetUp]
    public void StartWorld() => _world = new FakeWorld();

    [Test]
    public void AnUrgentByteArrivesWhereItWasSent()
    {
        (TcpSocket client, TcpSocket server) = _world.TcpPair();
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
        Assert.That(server.ReadText(), Is.EqualTo("abcde"));
        byte[] urgent = new byte[1];
        Assert.That((server.ReceiveUrgent(urgent), urgent[0]), Is.EqualTo((1, (byte)'!')));
        Assert.That(server.ReadText(), Is.EqualTo("xyz"));
    }

    [Test]
    public void AnUrgentByteThatComesTooLateIsMarkedWhereItWouldHaveBeen()
    {
        (TcpSocket client, TcpSocket server) = _world.TcpPair();
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
        (TcpSocket client, TcpSocket server) = _world.TcpPair();
        Assert.That((client.IsEstablished, server.IsEstablished), Is.EqualTo((true, true)));
        server.Shutdown(read: false, write: true);
        Assert.That((client.IsEstablished, server.IsEstablished), Is.EqualTo((true, false)));
        client.Close();
        Assert.That(client.IsEstablished, Is.False);
        Assert.That(_world.Network.Create().IsEstablished, Is.False);
    }

    [Test]
    public void BytesDoNotTellWhoWatchesForRoom()
    {
        (TcpSocket client, TcpSocket server) = _world.TcpPair();
        Epoll writer = SocketSteps.Edges(server, Interest.Out);
        client.Send("a"u8, []);
        client.SendUrgent("!"u8);
        Assert.That(writer.Next(), Is.EqualTo(Readiness.None));
    }

    [Test]
    public void AReadIntoTwoVectorsComesAsNearToTheUrgentByteAsBothAreLong()
    {
        (TcpSocket client, TcpSocket server) = _world.TcpPair();
        client.Send("abcd"u8, []);
        client.SendUrgent("!"u8);
        Assert.That(server.Receive(new byte[2], new byte[1]), Is.EqualTo(3));
        Assert.That(server.Inquire(), Is.EqualTo(1));
    }

    // sk_stream_is_writeable and tcp_stream_memory_free: a third of the buffer, and half of TCP_NOTSENT_LOWAT.
    [TestCase(3, 0, 2, true)]
    [TestCase(3, 0, 3, false)]
    [TestCase(2, 0, 2, false)]
    [TestCase(9, 4, 1, true)]
    [TestCase(9, 4, 2, false)]
    public void ASocketIsWritableWithAThirdOfItsBufferFree(int buffer, int notSent, int unsent, bool isWritable)
    {
        (TcpSocket client, _) = _world.TcpPair();
        client.SendCapacity = buffer;
        client.LinkHeld = true;
        client.SetNotSentLowWater(notSent);
        Assert.That(client.Send(new byte[unsent], []), Is.EqualTo(unsent));
        Assert.That(client.Look(), Is.EqualTo(isWritable ? Readiness.Out : Readiness.None));
    }

    [TestCase(1, 2304)]
    [TestCase(5000, 5000)]
    public void ASendBufferHasALeastSize(int asked, int given)
    {
        (TcpSocket client, _) = _world.TcpPair();
        client.SetSendBuffer(asked);
        Assert.That(client.SendCapacity, Is.EqualTo(given));
    }

    [Test]
    public void ALargerSendBufferTellsWhoFellShort()
    {
        (TcpSocket client, _) = _world.TcpPair();
        client.SendCapacity = 9;
        client.LinkHeld = true;
        Epoll writer = SocketSteps.Edges(client, Interest.Out);
        Assert.That(client.Send(new byte[10], []), Is.EqualTo(9));
        client.SetSendBuffer(5000);
        Assert.That(writer.Next(), Is.EqualTo(Readiness.Out));
    }

    // tcp_set_rcvlowat: half of the largest buffer.
    [Test]
    public void AReceiveMarkIsHalfOfTheLargestBufferAtMost()
    {
        const int Most = 3 * 1024 * 1024;
        (TcpSocket client, TcpSocket server) = _world.TcpPair();
        server.ReceiveCapacity = 2 * Most;
        client.SendCapacity = 2 * Most;
        server.SetReceiveLowWater(int.MaxValue);
        client.Send(new byte[Most - 1], []);
        Assert.That(server.Look() & Readiness.In, Is.EqualTo(Readiness.None));
        client.Send(new byte[1], []);
        Assert.That(server.Look() & Readiness.In, Is.EqualTo(Readiness.In));
    }

    [Test]
    public void WhatIsOnTheWayIsWhatHasNotArrived()
    {
        (TcpSocket client, TcpSocket server) = _world.TcpPair();
        client.Send("abcde"u8, []);
        Assert.That(server.Receive(new byte[1], [], limit: 2), Is.EqualTo(1));
        Assert.That(client.OnTheWay, Is.EqualTo(3), "three bytes are late");
        client.LinkHeld = true;
        client.Send("fg"u8, []);
        Assert.That(client.OnTheWay, Is.EqualTo(5));
        TcpSocket listener = _world.Network.Create();
        listener.Listen(9);
        Assert.That(listener.OnTheWay, Is.Zero);
    }

    // SIOCOUTQ: a FIN counts as a byte until the peer says something.
    [Test]
    public void WhatMayBeUnacknowledgedCountsTheFin()
    {
        (TcpSocket client, TcpSocket server) = _world.TcpPair();
        client.Send("abc"u8, []);
        client.Shutdown(read: false, write: true);
        Assert.That((client.Unacknowledged, client.UnacknowledgedMost), Is.EqualTo((0, 4)));
        server.Send("d"u8, []);
        Assert.That(client.UnacknowledgedMost, Is.Zero);
    }
}

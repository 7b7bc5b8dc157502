using System.Linq;
using Lure.Core.Kernel;
using Lure.Sim.Polling;
using Lure.Sim.Sockets;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>What a splice moves, makes room for, and tells; and the slots of pipes.</summary>
public sealed class SpliceTests
{
    private FakeWorld _world = null!;

    [SetUp]
    public void StartWorld() => _world = new FakeWorld();

    [Test]
    public void ASpliceFromASocketMakesRoomForItsPeerAndTellsTheReaderOfThePipe([Values] bool unix)
    {
        (StreamSocket client, StreamSocket server) = Pair(unix);
        Pipe pipe = _world.Network.CreatePipe();
        Epoll reader = SocketSteps.Edges(pipe.ReadEnd, Interest.In);
        if (server is TcpSocket tcp)
        {
            tcp.ReceiveCapacity = 4;
        }

        client.Send("abcdefgh"u8, []);
        Assert.That(server.SpliceTo(pipe, 4), Is.EqualTo(4));
        Assert.That(reader.Next(), Is.EqualTo(Readiness.In));
        Assert.That(server.SpliceTo(pipe, 9), Is.EqualTo(4));
        Assert.That((pipe.Count, client.Unacknowledged), Is.EqualTo((8, 0)));
    }

    [Test]
    public void ASpliceToASocketTellsTheWriterOfThePipe([Values] bool unix)
    {
        (StreamSocket client, StreamSocket server) = Pair(unix);
        Pipe pipe = _world.Network.CreatePipe();
        pipe.Resize(4096);
        Epoll writer = SocketSteps.Edges(pipe.WriteEnd, Interest.Out);
        pipe.Fill(5);
        Assert.That(client.SpliceFrom(pipe, 4), Is.EqualTo(4));
        Assert.That(writer.Next(), Is.EqualTo(Readiness.None), "the slot is not free");
        Assert.That(client.SpliceFrom(pipe, 4), Is.EqualTo(1));
        Assert.That(writer.Next(), Is.EqualTo(Readiness.Out));
        Assert.That(server.Readable, Is.EqualTo(5));
    }

    // splice_to_socket: a signal ends it between two pages with room left, and nothing was said that an edge could follow.
    [TestCase(4, int.MaxValue, Readiness.Out, Description = "the socket was full")]
    [TestCase(9, 4, Readiness.None, Description = "a signal came")]
    [TestCase(9, int.MaxValue, Readiness.None, Description = "all was taken")]
    public void AnEdgeFollowsASpliceThatFoundNoMoreRoom(int capacity, int limit, Readiness edge)
    {
        (TcpSocket client, _) = _world.TcpPair();
        client.SendCapacity = capacity;
        client.LinkHeld = true;
        Epoll writer = SocketSteps.Edges(client, Interest.Out);
        Pipe pipe = _world.Network.CreatePipe();
        pipe.Fill(9);
        Assert.That(client.SpliceFrom(pipe, 9, limit), Is.EqualTo(System.Math.Min(capacity, limit)));
        client.LinkHeld = false;
        Assert.That(writer.Next(), Is.EqualTo(edge));
    }

    [Test]
    public void ASpliceThatFindsNoRoomAtAllIsTriedAgain()
    {
        (TcpSocket client, _) = _world.TcpPair();
        client.SendCapacity = 2;
        client.LinkHeld = true;
        Epoll writer = SocketSteps.Edges(client, Interest.Out);
        client.Send("ab"u8, []);
        Pipe pipe = _world.Network.CreatePipe();
        pipe.Fill(1);
        Assert.That(client.SpliceFrom(pipe, 1), Is.EqualTo(-Errno.Again));
        client.LinkHeld = false;
        Assert.That(writer.Next(), Is.EqualTo(Readiness.Out));
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
        pipe.Fill(1, 2, 3);
        pipe.Read(new byte[3], []);
        pipe.Fill([.. Enumerable.Range(4, 40)]);
        for (int length = 3; length < 44; length++)
        {
            int before = pipe.FreeFor(int.MaxValue);
            Assert.That(pipe.Read(new byte[length - 1], []), Is.EqualTo(length - 1));
            Assert.That(pipe.FreeFor(int.MaxValue), Is.EqualTo(before), "a byte of it is left");
            pipe.Read(new byte[1], []);
            Assert.That(pipe.FreeFor(int.MaxValue), Is.EqualTo(before + 4096));
        }
    }

    private (StreamSocket Client, StreamSocket Server) Pair(bool unix) => unix ? _world.UnixPair() : _world.TcpPair();
}

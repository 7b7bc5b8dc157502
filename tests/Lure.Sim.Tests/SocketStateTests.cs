using System;
using Lure.Core.Kernel;
using Lure.Sim.Exhaustive;
using Lure.Sim.Sockets;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>
/// Where states are told apart, two sockets or pipes that differ in one thing have two hashes, and those that nothing can
/// tell apart have one: else a search through all states ends too early, or never.
/// </summary>
public sealed class SocketStateTests
{
    private static readonly byte[] s_bytes = new byte[16];

    [Test]
    public void WhichFinWasFirst() =>
        AssertDiffer(
            (socket, peer) => EndBoth(socket, peer, ownFirst: true),
            (socket, peer) => EndBoth(socket, peer, ownFirst: false)
        );

    [Test]
    public void WhetherTheConnectWasAskedFor() =>
        AssertDiffer((_, _) => { }, (socket, _) => Assert.That(socket.Connect(Rig.Backend), Is.Zero));

    [Test]
    public void HowThePeerEnded() =>
        AssertDiffer(
            (_, peer) => Reset(peer),
            (socket, peer) =>
            {
                socket.Fail(Errno.ConnectionReset);
                Reset(peer);
            }
        );

    [Test]
    public void WhetherTheErrorWasTaken() =>
        AssertDiffer(
            (_, peer) => Reset(peer),
            (socket, peer) =>
            {
                Reset(peer);
                socket.TakeError();
            }
        );

    [Test]
    public void BytesThatArrived() => AssertDiffer((_, peer) => Send(peer, 5), (_, peer) => Send(peer, 6));

    [Test]
    public void BytesThatAreStillOnTheirWay() =>
        AssertDiffer((s, peer) => Late(s, peer, 3), (s, peer) => Late(s, peer, 4));

    [Test]
    public void BytesThatWait() => AssertDiffer((socket, _) => Hold(socket, 5), (socket, _) => Hold(socket, 6));

    [Test]
    public void BytesThatWereReadAndNotAnnounced() =>
        AssertDiffer(
            (socket, peer) =>
            {
                Send(peer, 3);
                socket.Shutdown(read: true, write: false);
            },
            (socket, peer) =>
            {
                Send(peer, 5);
                socket.Shutdown(read: true, write: false);
                socket.Receive(new byte[2], []);
            }
        );

    [Test]
    public void AWindowThatIsLooser()
    {
        ulong strict = HashOf(FillWindowAndAnswer, new WorldOptions());
        ulong loose = HashOf(FillWindowAndAnswer, new WorldOptions { Segmentation = Segmentation.LooseWindow });
        Assert.That(loose, Is.Not.EqualTo(strict));
    }

    [Test]
    public void BytesThatWereLost() =>
        AssertDiffer(
            (socket, peer) =>
            {
                Hold(socket, 5);
                Reset(peer);
            },
            (socket, peer) =>
            {
                Hold(socket, 6);
                Reset(peer);
            }
        );

    [Test]
    public void HowManyWaitToBeAccepted()
    {
        FakeWorld world = new();
        TcpSocket listener = world.Network.Create();
        listener.Listen(Rig.Backend, 9);
        world.Connect(Rig.Backend);
        ulong one = HashOf(listener);
        world.Connect(Rig.Backend);
        Assert.That(HashOf(listener), Is.Not.EqualTo(one));
    }

    [Test]
    public void TheWindow() =>
        AssertDiffer((socket, _) => socket.ReceiveCapacity = 10, (socket, _) => socket.ReceiveCapacity = 11);

    [Test]
    public void WhatTheLinkCarries() =>
        AssertDiffer((socket, _) => socket.LinkCredit = 5, (socket, _) => socket.LinkCredit = 6);

    [Test]
    public void WhetherTheLinkIsHeld() => AssertDiffer((_, _) => { }, (socket, _) => socket.LinkHeld = true);

    [Test]
    public void WhetherACloseResets() => AssertDiffer((_, _) => { }, (socket, _) => socket.ResetOnClose = true);

    [Test]
    public void AnAcknowledgementThatIsDueMattersOnlyToWhoReadsNoMore()
    {
        Assert.That(
            HashOf((socket, peer) => FillWindow(socket, peer, 4)),
            Is.EqualTo(HashOf((socket, peer) => FillWindow(socket, peer, 8)))
        );
        AssertDiffer(
            (socket, peer) =>
            {
                FillWindow(socket, peer, 4);
                socket.Shutdown(read: true, write: false);
            },
            (socket, peer) =>
            {
                FillWindow(socket, peer, 8);
                socket.Shutdown(read: true, write: false);
            }
        );
    }

    [Test]
    public void PipesByTheirBytesSlotsAndFirstSlot()
    {
        ulong[] hashes =
        [
            HashOfPipe(pipe => Write(pipe, 4096, 3)),
            HashOfPipe(pipe => Write(pipe, 4096, 4)),
            HashOfPipe(pipe =>
            {
                Write(pipe, 4096);
                pipe.Fill(2000);
            }),
            HashOfPipe(pipe =>
            {
                Write(pipe, 4096);
                pipe.Fill(1000, 1000);
            }),
            HashOfPipe(pipe => pipe.Fill(1000, 2000)),
            HashOfPipe(pipe => pipe.Fill(2000, 1000)),
        ];
        Assert.That(hashes, Is.Unique);
    }

    [Test]
    public void APipeThatIsUsedAgainIsAsNew()
    {
        FakeWorld world = new();
        Pipe used = world.Network.CreatePipe();
        ulong fresh = HashOf(used);
        Write(used, 5);
        used.CloseEnd(used.ReadEnd);
        used.CloseEnd(used.WriteEnd);
        Pipe again = world.Network.CreatePipe();
        Assert.That(again, Is.SameAs(used));
        Assert.That(HashOf(again), Is.EqualTo(fresh));
    }

    private static void EndBoth(TcpSocket socket, TcpSocket peer, bool ownFirst)
    {
        socket.LinkHeld = true;
        (ownFirst ? socket : peer).Shutdown(read: false, write: true);
        (ownFirst ? peer : socket).Shutdown(read: false, write: true);
    }

    private static void Reset(TcpSocket peer)
    {
        peer.ResetOnClose = true;
        peer.Close();
    }

    private static void Send(TcpSocket peer, int bytes) =>
        Assert.That(peer.Send(s_bytes.AsSpan(0, bytes), []), Is.EqualTo(bytes));

    private static void Late(TcpSocket socket, TcpSocket peer, int arrived)
    {
        Send(peer, 6);
        Assert.That(socket.Receive(new byte[1], [], arrived), Is.EqualTo(1));
    }

    private static void Hold(TcpSocket socket, int bytes)
    {
        socket.LinkHeld = true;
        Send(socket, bytes);
    }

    private static void FillWindow(TcpSocket socket, TcpSocket peer, int window)
    {
        socket.ReceiveCapacity = window;
        Send(peer, 4);
        socket.ReceiveCapacity = 8;
    }

    private static void FillWindowAndAnswer(TcpSocket socket, TcpSocket peer)
    {
        socket.ReceiveCapacity = 4;
        Send(peer, 4);
        Send(socket, 1);
    }

    private static void Write(Pipe pipe, params ReadOnlySpan<int> lengths)
    {
        foreach (int length in lengths)
        {
            Assert.That(pipe.Write(new byte[length], []), Is.EqualTo(length));
        }
    }

    private static void AssertDiffer(Action<TcpSocket, TcpSocket> one, Action<TcpSocket, TcpSocket> other) =>
        Assert.That(HashOf(one), Is.Not.EqualTo(HashOf(other)));

    private static ulong HashOf(Action<TcpSocket, TcpSocket> act) => HashOf(act, new WorldOptions());

    private static ulong HashOf(Action<TcpSocket, TcpSocket> act, WorldOptions options)
    {
        FakeWorld world = new(options);
        (TcpSocket socket, TcpSocket peer) = world.TcpPair();
        act(socket, peer);
        return HashOf(socket);
    }

    private static ulong HashOf(TcpSocket socket)
    {
        StateHash hash = default;
        socket.AddTo(ref hash);
        return hash.Value;
    }

    private static ulong HashOfPipe(Action<Pipe> act)
    {
        Pipe pipe = new FakeWorld().Network.CreatePipe();
        act(pipe);
        return HashOf(pipe);
    }

    private static ulong HashOf(Pipe pipe)
    {
        StateHash hash = default;
        pipe.AddTo(ref hash);
        return hash.Value;
    }
}

using System.Text;
using Lure.Core.Kernel;
using Lure.Sim.Conformance;
using Lure.Sim.Sockets;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>Unix sockets behind the seam; their rules are in the kernel notes.</summary>
public sealed class UnixKernelTests
{
    private static SocketAddress Front => FakeAddress.Unix(1);

    private static SocketAddress Backend => FakeAddress.Unix(2);

    [Test]
    public void ALoopSpeaksToAnotherProcess()
    {
        FakeWorld world = new();
        FakeKernel kernel = new(world);
        FakeSocketApi peer = new(world);
        int listener = world.OpenListener(Front);
        int client = peer.Socket(SocketAddress.FamilyUnix);
        Assert.That(peer.Connect(client, Front), Is.Zero);
        Assert.That(peer.Send(client, "abc"u8, TransferFlags.None), Is.EqualTo(3));

        int fd = kernel.Accept(listener, out SocketAddress from);
        Assert.That((from.Family, from.Length), Is.EqualTo((SocketAddress.FamilyUnix, 2)), "it has no name");
        Assert.That(kernel.Unacknowledged(fd), Is.Zero);
        Assert.That(kernel.Shutdown(fd), Is.Zero);
        Assert.That(peer.Poll(client), Is.EqualTo((int)(Readiness.In | Readiness.Out | Readiness.ReadHangUp)));
        Assert.That(kernel.Close(fd), Is.Zero);
        Assert.That(peer.TakeError(client), Is.EqualTo(Errno.ConnectionReset), "three bytes were left unread");
    }

    [Test]
    public unsafe void AReadEndsBehindWhatWasPassed()
    {
        FakeWorld world = new();
        FakeKernel kernel = new(world);
        int listener = world.OpenListener(Front);
        UnixSocket peer = world.Network.CreateUnix();
        Assert.That(peer.Connect(Front), Is.Zero);
        int fd = kernel.Accept(listener, out _);
        kernel.Watch(fd, Interest.Connection, token: 7);
        KernelEvent[] events = new KernelEvent[4];
        kernel.Wait(events, 0);

        peer.Send("ab"u8, []);
        peer.SendWithRights("cd"u8);
        peer.Send("ef"u8, []);
        Assert.That(kernel.Wait(events, 0), Is.EqualTo(1));
        Assert.That(Read(16), Is.EqualTo("abcd"), "what lies before it comes with it");
        Assert.That(kernel.Wait(events, 0), Is.Zero, "no edge tells of what is left");
        Assert.That(Read(16), Is.EqualTo("ef"));

        peer.SendWithRights("cd"u8);
        peer.Send("ef"u8, []);
        Assert.That(Read(1), Is.EqualTo("c"), "the descriptor is taken by the first byte");
        Assert.That(Read(16), Is.EqualTo("def"), "and ends no other read");
        Assert.That(Read(16), Is.EqualTo("-EAGAIN"));

        string Read(int length)
        {
            byte* bytes = stackalloc byte[length];
            Operation[] read =
            [
                new()
                {
                    Kind = OperationKind.Receive,
                    Fd = fd,
                    Vectors = 1,
                },
            ];
            read[0].First = new IoVector { Base = bytes, Length = (nuint)length };
            kernel.Execute(read);
            return read[0].Result < 0
                ? ErrnoName.OfResult(read[0].Result)
                : Encoding.ASCII.GetString(bytes, read[0].Result);
        }
    }

    [Test]
    public void WhatIsLongerThanAPieceIsSentInPieces()
    {
        FakeWorld world = new(new WorldOptions { UnixSendBuffer = 4_608 });
        world.OpenListener(Front);
        UnixSocket peer = world.Network.CreateUnix();
        Assert.That(peer.Connect(Front), Is.Zero);
        int sent = peer.Send(new byte[9_000], new byte[100]);
        Assert.That(sent, Is.InRange(4_608 / 4, 8_999), "until the memory is used up");
        Assert.That(peer.Opposite!.Readable, Is.EqualTo(sent));
    }

    [Test]
    public void ALoopConnects()
    {
        FakeWorld world = new();
        FakeKernel kernel = new(world);
        FakeSocketApi peer = new(world);
        int fd = kernel.Open(Backend);
        Assert.That(kernel.Connect(fd, Backend), Is.EqualTo(-Errno.ConnectionRefused));
        int server = peer.Socket(SocketAddress.FamilyUnix);
        peer.Bind(server, Backend);
        peer.Listen(server, 1);
        Assert.That(kernel.Connect(fd, Backend), Is.Zero);
        Assert.That(peer.Accept(server), Is.GreaterThan(server));
    }
}

using System;
using Lure.Core.Kernel;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>Bytes on their way: windows, acknowledgement, vectors, pipes.</summary>
public sealed class TransferTests
{
    [Test]
    public void UnacknowledgedCountsBytesAndAFin()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        peer.HoldIncoming();
        rig.Send(fd, 100);
        Assert.That(rig.Kernel.Unacknowledged(fd), Is.EqualTo(100));
        rig.Kernel.Shutdown(fd);
        Assert.That(rig.Kernel.Unacknowledged(fd), Is.EqualTo(101));
        Assert.That((peer.Readable, peer.SawEnd), Is.EqualTo((0, PeerEnd.None)));

        peer.HoldIncoming(false);
        Assert.That(rig.Kernel.Unacknowledged(fd), Is.Zero);
        Assert.That((peer.Readable, peer.SawEnd), Is.EqualTo((100, PeerEnd.Fin)));
    }

    [Test]
    public void AResetLeavesTheCountOfWhatWasLost()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        peer.LimitIncoming(30);
        rig.Send(fd, 100);
        peer.Read();
        peer.Reset();
        Assert.That(rig.Kernel.Unacknowledged(fd), Is.EqualTo(70));
    }

    [Test]
    public void AFullWindowFillsTheSendBufferAndThenNothingFits()
    {
        Rig rig = new(new WorldOptions { SendBuffer = 20, ReceiveBuffer = 10 });
        (FakePeer peer, int fd) = rig.Pair();
        Assert.That(rig.Send(fd, 100), Is.EqualTo(30), "a window and a send buffer");
        Assert.That(rig.Send(fd, 1), Is.EqualTo(-Errno.Again));
        Assert.That(rig.Poll(fd), Is.EqualTo("-"));

        Assert.That(peer.Read(), Has.Length.EqualTo(10));
        Assert.That(rig.Poll(fd), Is.EqualTo("OUT"));
        Assert.That(rig.Send(fd, 100), Is.EqualTo(10));
    }

    [Test]
    public unsafe void BytesKeepTheirOrderThroughTwoVectors()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        peer.Send("abcdefg"u8);
        byte* memory = stackalloc byte[64];
        new Span<byte>(memory, 64).Clear();
        Operation read = new()
        {
            Kind = OperationKind.Receive,
            Fd = fd,
            Vectors = 2,
            First = new IoVector { Base = memory, Length = 3 },
            Second = new IoVector { Base = memory + 3, Length = 10 },
        };
        rig.Kernel.Execute(new Span<Operation>(ref read));
        Assert.That(read.Result, Is.EqualTo(7));
        Assert.That(new Span<byte>(memory, 7).ToArray(), Is.EqualTo("abcdefg"u8.ToArray()));
        Assert.That(memory[7], Is.EqualTo(0xDD), "behind the result stands junk");

        rig.World.Faults.Limit(SyscallKind.Send, 5);
        Operation write = read with
        {
            Kind = OperationKind.Send,
            Second = new IoVector { Base = memory + 3, Length = 4 },
        };
        rig.Kernel.Execute(new Span<Operation>(ref write));
        Assert.That(write.Result, Is.EqualTo(5), "short, in the middle of the second vector");
        Assert.That(peer.Read(), Is.EqualTo("abcde"u8.ToArray()));
    }

    [Test]
    public void ManyBytesThroughSmallBuffersArriveInOrder()
    {
        Rig rig = new(new WorldOptions { SendBuffer = 7, ReceiveBuffer = 5 });
        FakeListener server = rig.World.Listen(Rig.Backend);
        FakePeer sender = rig.World.Connect(Rig.Backend);
        FakePeer receiver = server.Accept();
        byte next = 0;
        byte expected = 0;
        for (int round = 0; round < 2000; round++)
        {
            byte[] chunk = new byte[1 + (round % 9)];
            for (int i = 0; i < chunk.Length; i++)
            {
                chunk[i] = (byte)(next + i);
            }

            next += (byte)Math.Max(0, sender.TrySend(chunk));
            foreach (byte read in receiver.Read(1 + (round % 4)))
            {
                Assert.That(read, Is.EqualTo(expected++));
            }
        }

        Assert.That(expected, Is.Not.Zero);
    }

    [Test]
    public void SplicingMeetsAFullPipeAndAnEmptySocketWithOneError()
    {
        Rig rig = new(new WorldOptions { PipeSlots = 2 });
        (FakePeer peer, int fd) = rig.Pair();
        rig.Kernel.MakePipe(out int readEnd, out int writeEnd);
        Assert.That(rig.Splice(fd, writeEnd, 100), Is.EqualTo(-Errno.Again), "the socket is empty");

        peer.Send(new byte[1]);
        Assert.That(rig.Splice(fd, writeEnd, 100), Is.EqualTo(1));
        peer.Send(new byte[1]);
        Assert.That(rig.Splice(fd, writeEnd, 100), Is.EqualTo(1));
        peer.Send(new byte[50]);
        peer.Finish();
        Assert.That(rig.Splice(fd, writeEnd, 100), Is.EqualTo(-Errno.Again), "both slots are taken, by two bytes");

        Assert.That(rig.Splice(readEnd, fd, 100), Is.EqualTo(2));
        Assert.That(rig.Splice(readEnd, fd, 100), Is.EqualTo(-Errno.Again), "the pipe is empty");
        Assert.That(rig.Splice(fd, writeEnd, 100), Is.EqualTo(50));
        Assert.That(rig.Splice(fd, writeEnd, 100), Is.Zero, "the FIN");
        Assert.That(peer.Read(), Has.Length.EqualTo(2));
    }

    [Test]
    public void AHeldLinkHoldsTheResetToo()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        peer.HoldIncoming();
        rig.Send(fd, 10);
        rig.Kernel.SetOption(fd, SocketOption.ResetOnClose, 1);
        rig.Kernel.Close(fd);
        Assert.That(peer.SawEnd, Is.EqualTo(PeerEnd.None));

        peer.HoldIncoming(false);
        Assert.That((peer.Readable, peer.SawEnd), Is.EqualTo((0, PeerEnd.Reset)));
    }
}

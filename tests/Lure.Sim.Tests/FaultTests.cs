using Lure.Core.Kernel;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>Faults happen when asked for, and stay within what Linux may do.</summary>
public sealed class FaultTests
{
    [Test]
    public void AnAnswerIsGivenAsOftenAsAskedAndNothingIsDone()
    {
        Rig rig = new();
        rig.World.Connect(Rig.Address);
        rig.World.Faults.Next(SyscallKind.Accept, -Errno.TooManyFiles, times: 2, skip: 0);
        Assert.That(rig.Kernel.Accept(rig.Listener, out _), Is.EqualTo(-Errno.TooManyFiles));
        Assert.That(rig.World.Faults.Pending, Is.EqualTo(1));
        Assert.That(rig.Kernel.Accept(rig.Listener, out _), Is.EqualTo(-Errno.TooManyFiles));
        Assert.That(rig.World.Faults.Pending, Is.Zero);
        Assert.That(rig.Kernel.Accept(rig.Listener, out _), Is.Positive);
    }

    [Test]
    public void AFaultCanBeForOneDescriptorAndComeLater()
    {
        Rig rig = new();
        (_, int first) = rig.Pair();
        (_, int second) = rig.Pair();
        rig.World.Faults.Next(SyscallKind.Watch, -Errno.NoSpace, fd: second, skip: 1);
        Assert.That(rig.Kernel.Watch(first, Interest.In, 1), Is.Zero);
        Assert.That(rig.Kernel.Watch(second, Interest.In, 1), Is.Zero);
        rig.Kernel.Unwatch(second);
        Assert.That(rig.Kernel.Watch(second, Interest.In, 1), Is.EqualTo(-Errno.NoSpace));
    }

    [Test]
    public void AFailedCloseCloses()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        rig.World.Faults.Next(SyscallKind.Close, -Errno.InputOutput);
        Assert.That(rig.Kernel.Close(fd), Is.EqualTo(-Errno.InputOutput));
        Assert.That(rig.World.Descriptors.IsOpen(fd), Is.False);
        Assert.That(peer.SawEnd, Is.EqualTo(PeerEnd.Fin));
    }

    [Test]
    public void WhatNoKernelAnswersIsRefused()
    {
        Rig rig = new();
        Assert.That(() => rig.World.Faults.Next(SyscallKind.Receive, -Errno.Again), Throws.ArgumentException);
        Assert.That(() => rig.World.Faults.Next(SyscallKind.Wait, -Errno.NoMemory), Throws.ArgumentException);
        Assert.That(() => rig.World.Faults.Limit(SyscallKind.Close, 1), Throws.ArgumentException);
    }

    [Test]
    public void AShortReadLeavesTheRestForAnEdgeOfItsOwn()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        rig.Kernel.Watch(fd, Rig.Everything, 1);
        peer.Send(new byte[10]);
        rig.Wait();
        rig.World.Faults.Limit(SyscallKind.Receive, 3);
        Assert.That(rig.Receive(fd), Is.EqualTo(3));
        Assert.That(rig.Receive(fd), Is.EqualTo(-Errno.Again), "the rest has not arrived");
        Assert.That(rig.Wait(), Is.EqualTo("IN|OUT@1"));
        Assert.That(rig.Receive(fd), Is.EqualTo(7));
    }

    [Test]
    public void BytesBeforeAnEndThatCameCannotBeLate([Values] bool reset)
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        peer.Send(new byte[10]);
        if (reset)
        {
            peer.Reset();
        }
        else
        {
            peer.Finish();
        }

        rig.World.Faults.Limit(SyscallKind.Receive, 3);
        Assert.That(rig.Receive(fd), Is.EqualTo(10));
    }

    [Test]
    public void AnEndBringsTheLateBytesWithIt()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        peer.Send(new byte[10]);
        rig.World.Faults.Limit(SyscallKind.Receive, 3);
        rig.Receive(fd);
        peer.Reset();
        Assert.That(rig.Receive(fd), Is.EqualTo(7));
        Assert.That(rig.Receive(fd), Is.EqualTo(-Errno.ConnectionReset));
    }

    [TestCase(4, 4)]
    [TestCase(0, -Errno.Again)]
    public void AShortWriteIsFollowedByAnEdge(int limit, int expected)
    {
        Rig rig = new();
        (_, int fd) = rig.Pair();
        rig.Kernel.Watch(fd, Rig.Everything, 1);
        rig.Wait();
        rig.World.Faults.Limit(SyscallKind.Send, limit);
        Assert.That(rig.Send(fd, 10), Is.EqualTo(expected));
        Assert.That(rig.Wait(), Is.EqualTo("OUT@1"));
        Assert.That(rig.Send(fd, 10), Is.EqualTo(10));
        Assert.That(rig.Wait(), Is.EqualTo("-"), "no edge after a whole write");
    }

    [Test]
    public unsafe void APeerCanActBetweenTwoOperationsOfABatch()
    {
        Rig rig = new();
        (FakePeer first, int one) = rig.Pair();
        (FakePeer second, int other) = rig.Pair();
        second.Send(new byte[5]);
        rig.World.Faults.After(SyscallKind.Receive, second.Reset, fd: one);
        rig.World.Faults.Before(SyscallKind.Receive, () => first.Send(new byte[2]), fd: one);
        byte* memory = stackalloc byte[16];
        IoVector vector = new() { Base = memory, Length = 16 };
        Operation[] batch =
        [
            new()
            {
                Kind = OperationKind.Receive,
                Fd = one,
                Vectors = 1,
                First = vector,
            },
            new()
            {
                Kind = OperationKind.Receive,
                Fd = other,
                Vectors = 1,
                First = vector,
            },
        ];
        rig.Kernel.Execute(batch);
        Assert.That((batch[0].Result, batch[1].Result), Is.EqualTo((2, 5)));
        Assert.That(rig.Receive(other), Is.EqualTo(-Errno.ConnectionReset));
    }

    [Test]
    public void AnActionCanBePinnedToTheNumberOfACall()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        rig.World.Faults.BeforeCall(rig.World.Faults.Calls + 2, () => peer.Send(new byte[1]));
        Assert.That(rig.Receive(fd), Is.EqualTo(-Errno.Again));
        Assert.That(rig.Receive(fd), Is.EqualTo(1));
    }

    [Test]
    public void AConnectionCanTimeOutUnheardByItsPeer()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        peer.Send(new byte[5]);
        rig.World.FailSocket(fd, Errno.TimedOut);
        Assert.That(rig.Receive(fd), Is.EqualTo(5));
        Assert.That(rig.Receive(fd), Is.EqualTo(-Errno.TimedOut));
        Assert.That(peer.SawEnd, Is.EqualTo(PeerEnd.None));
        peer.Send([1]);
        Assert.That(peer.SawEnd, Is.EqualTo(PeerEnd.Reset), "nobody is there for what comes later");
    }
}

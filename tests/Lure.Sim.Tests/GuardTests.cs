using System;
using Lure.Core.Kernel;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>What no fault may break: a fake that did it would blame a sound loop.</summary>
public sealed class GuardTests
{
    [Test]
    public void ABlockedReadMeansThatNothingHasArrived()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        rig.Kernel.Watch(fd, Rig.Everything, 1);
        rig.Wait();
        peer.Send(new byte[10]);
        Assert.That(rig.Wait(), Is.EqualTo("IN|OUT@1"));

        rig.World.Faults.Limit(SyscallKind.Receive, 0);
        Assert.That(rig.Receive(fd), Is.EqualTo(-Errno.Again), "the event was early");
        Assert.That(rig.Receive(fd), Is.EqualTo(-Errno.Again), "and the bytes are still on their way");
        Assert.That(rig.Wait(), Is.EqualTo("IN|OUT@1"), "they bring an edge of their own");
        Assert.That(rig.Receive(fd), Is.EqualTo(10));
    }

    [Test]
    public void AShortReadEmptiesTheQueue()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        rig.Kernel.Watch(fd, Rig.Everything, 1);
        rig.Wait();
        peer.Send(new byte[10]);
        rig.Wait();

        rig.World.Faults.Limit(SyscallKind.Receive, 3);
        Assert.That(rig.Receive(fd, 100), Is.EqualTo(3));
        Assert.That(rig.Receive(fd, 100), Is.EqualTo(-Errno.Again));
        Assert.That(rig.Wait(), Is.EqualTo("IN|OUT@1"));
        Assert.That(rig.Receive(fd, 100), Is.EqualTo(7));
    }

    [TestCase(4, 4, "-")]
    [TestCase(9, 8, "OUT@1")]
    public void SpaceIsToldAfterAShortfallAndNeverAfterAFullWrite(int length, int written, string told)
    {
        Rig rig = new(new WorldOptions { SendBuffer = 8 });
        (FakePeer peer, int fd) = rig.Pair();
        rig.Kernel.Watch(fd, Rig.Everything, 1);
        rig.Wait();
        peer.Window = 0;
        Assert.That(rig.Send(fd, length), Is.EqualTo(written));
        Assert.That(rig.Wait(), Is.EqualTo("-"));
        peer.Window = 100;
        Assert.That(rig.Wait(), Is.EqualTo(told));
    }

    [TestCase(false, "IN|OUT|RDHUP@1")]
    [TestCase(true, "IN|OUT|ERR|HUP|RDHUP@1")]
    public void FinAndResetAlwaysWakeWithAllBits(bool reset, string told)
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        rig.Kernel.Watch(fd, Rig.Everything, 1);
        peer.Send(new byte[10]);
        rig.Wait();
        if (reset)
        {
            peer.Reset();
        }
        else
        {
            peer.Finish();
        }

        Assert.That(rig.Wait(), Is.EqualTo(told));
    }

    [Test]
    public void AnErrorIsGivenOnceAndAHangUpStays()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        peer.Reset();
        Assert.That(rig.Receive(fd), Is.EqualTo(-Errno.ConnectionReset));
        Assert.That((rig.Receive(fd), rig.Send(fd, 1)), Is.EqualTo((0, -Errno.BrokenPipe)));
        Assert.That(rig.Poll(fd), Is.EqualTo("IN|OUT|HUP|RDHUP"));
        Assert.That(rig.Poll(fd), Is.EqualTo("IN|OUT|HUP|RDHUP"));
    }

    [Test]
    public void AFinWaitsForTheBytesBeforeItAndAResetTakesTheSendersOnly()
    {
        Rig rig = new(new WorldOptions { SendBuffer = 100 });
        (FakePeer peer, int fd) = rig.Pair();
        peer.Window = 10;
        rig.Send(fd, 25);
        rig.Kernel.Shutdown(fd);
        Assert.That((peer.Readable, peer.SawEnd), Is.EqualTo((10, PeerEnd.None)));
        peer.Read();
        peer.Read();
        Assert.That((peer.Readable, peer.SawEnd), Is.EqualTo((5, PeerEnd.Fin)));

        (FakePeer other, int victim) = rig.Pair();
        other.Window = 10;
        rig.Send(victim, 25);
        rig.Kernel.SetOption(victim, SocketOption.ResetOnClose, 1);
        rig.Kernel.Close(victim);
        Assert.That((other.Read().Length, other.Read(new byte[9])), Is.EqualTo((10, -Errno.ConnectionReset)));
    }

    [Test]
    public void DescriptorsAreTheLowestFree()
    {
        Rig rig = new();
        int[] fds = new int[400];
        for (int i = 0; i < fds.Length; i++)
        {
            fds[i] = rig.Kernel.Open(Rig.Backend);
            Assert.That(fds[i], Is.EqualTo(rig.Listener + 1 + i));
        }

        foreach (int closed in new[] { 350, 64, 70, 3 })
        {
            rig.Kernel.Close(fds[closed]);
        }

        foreach (int expected in new[] { 3, 64, 70, 350 })
        {
            Assert.That(rig.Kernel.Open(Rig.Backend), Is.EqualTo(fds[expected]));
        }
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(7)]
    public void EveryReadyItemIsReportedWithinARound(int max)
    {
        const int Items = 20;
        Rig rig = new();
        for (int i = 0; i < Items; i++)
        {
            (FakePeer peer, int fd) = rig.Pair();
            rig.Kernel.Watch(fd, Interest.In, (ulong)i);
            peer.Send(new byte[1]);
        }

        bool[] seen = new bool[Items];
        KernelEvent[] events = new KernelEvent[max];
        for (int wait = 0; wait < (Items + max - 1) / max; wait++)
        {
            int count = rig.Kernel.Wait(events, 0);
            foreach (KernelEvent reported in events.AsSpan(0, count))
            {
                seen[reported.Token] = true;
            }
        }

        Assert.That(seen, Is.All.True);
    }

    [Test]
    public void BitsAreThoseOfTheWait()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        rig.Kernel.Watch(fd, Interest.In | Interest.EdgeTriggered, 1);
        peer.Send(new byte[5]);
        rig.Receive(fd);
        Assert.That(rig.Wait(), Is.EqualTo("-"), "the bytes are gone");
        peer.Send(new byte[5]);
        peer.Finish();
        Assert.That(rig.Wait(), Is.EqualTo("IN@1"));
    }
}

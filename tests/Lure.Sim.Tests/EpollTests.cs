using System.Collections.Generic;
using Lure.Core.Kernel;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>When epoll reports, what, and in which order (fs/eventpoll.c, Linux 6.18).</summary>
public sealed class EpollTests
{
    [Test]
    public void AnEdgeIsReportedOnceWithAllBits()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        rig.Kernel.Watch(fd, Rig.Everything, 1);
        Assert.That(rig.Wait(), Is.EqualTo("OUT@1"), "what is true when watching begins");
        Assert.That(rig.Wait(), Is.EqualTo("-"));

        peer.Send(new byte[100]);
        Assert.That(rig.Wait(), Is.EqualTo("IN|OUT@1"));
        rig.Receive(fd, 10);
        Assert.That(rig.Wait(), Is.EqualTo("-"), "leftovers are no edge");
    }

    [Test]
    public void ChangingTheInterestArmsAnEdgeAgain()
    {
        Rig rig = new();
        (_, int fd) = rig.Pair();
        rig.Kernel.Watch(fd, Rig.Everything, 1);
        rig.Wait();

        Assert.That(rig.Kernel.Rewatch(fd, Rig.Everything, 2), Is.Zero);
        Assert.That(rig.Wait(), Is.EqualTo("OUT@2"));
        Assert.That(rig.Kernel.InterestOf(fd), Is.EqualTo(Rig.Everything));
        rig.Kernel.Unwatch(fd);
        Assert.That(rig.Kernel.InterestOf(fd), Is.Null);
    }

    [Test]
    public void DataAndFinCanBeOneEdgeSoAShortReadIsNotTheEnd()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        rig.Kernel.Watch(fd, Rig.Everything, 1);
        rig.Wait();
        peer.Send(new byte[10]);
        peer.Finish();

        Assert.That(rig.Wait(), Is.EqualTo("IN|OUT|RDHUP@1"));
        Assert.That(rig.Receive(fd, 100), Is.EqualTo(10));
        Assert.That(rig.Wait(), Is.EqualTo("-"), "no second event");
        Assert.That(rig.Receive(fd, 100), Is.Zero);
    }

    [Test]
    public void BitsAreThoseOfTheWaitNotOfTheWakeUp()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        rig.Kernel.Watch(fd, Rig.Everything, 1);
        rig.Wait();
        peer.Send(new byte[10]);
        rig.Receive(fd);

        Assert.That(rig.Wait(), Is.EqualTo("OUT@1"), "the wake-up was for bytes that are gone");
    }

    [Test]
    public void OwnShutdownIsAnEdge()
    {
        Rig rig = new();
        (_, int fd) = rig.Pair();
        rig.Kernel.Watch(fd, Rig.Everything, 1);
        rig.Wait();
        rig.Kernel.Shutdown(fd);

        Assert.That(rig.Wait(), Is.EqualTo("OUT@1"));
    }

    [TestCase(false, "-")]
    [TestCase(true, "ERR|HUP@1")]
    public void ErrorAndHangUpCannotBeMasked(bool reset, string expected)
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        rig.Kernel.Watch(fd, Interest.None, 1);
        if (reset)
        {
            peer.Reset();
        }
        else
        {
            peer.Finish();
        }

        Assert.That(rig.Wait(), Is.EqualTo(expected));
    }

    [Test]
    public void LevelTriggeredItemsTakeTurns()
    {
        Rig rig = new();
        for (int i = 1; i <= 6; i++)
        {
            (FakePeer peer, int fd) = rig.Pair();
            rig.Kernel.Watch(fd, Interest.In, (ulong)i);
            peer.Send(new byte[1]);
        }

        Assert.That(rig.Wait(4), Is.EqualTo("IN@1 IN@2 IN@3 IN@4"));
        Assert.That(rig.Wait(4), Is.EqualTo("IN@5 IN@6 IN@1 IN@2"));
        Assert.That(rig.Wait(4), Is.EqualTo("IN@3 IN@4 IN@5 IN@6"));
    }

    [Test]
    public void EdgesBeyondTheArrayStayQueued()
    {
        Rig rig = new();
        for (int i = 1; i <= 3; i++)
        {
            (_, int fd) = rig.Pair();
            rig.Kernel.Watch(fd, Rig.Everything, (ulong)i);
        }

        Assert.That(rig.Wait(2), Is.EqualTo("OUT@1 OUT@2"));
        Assert.That(rig.Wait(2), Is.EqualTo("OUT@3"));
    }

    [Test]
    public void ALeftOverConnectionReportsTheListenerAgain()
    {
        Rig rig = new();
        rig.Kernel.Watch(rig.Listener, Interest.Listener, 9);
        rig.World.Connect(Rig.Address);
        rig.World.Connect(Rig.Address);

        Assert.That(rig.Wait(), Is.EqualTo("IN@9"));
        rig.Kernel.Accept(rig.Listener, out _);
        Assert.That(rig.Wait(), Is.EqualTo("IN@9"));
        rig.Kernel.Accept(rig.Listener, out _);
        Assert.That(rig.Wait(), Is.EqualTo("-"));
    }

    [Test]
    public void ClosingEndsTheRegistrationButNotWhatWasReported()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        rig.Kernel.Watch(fd, Rig.Everything, 1);
        peer.Send(new byte[1]);
        KernelEvent[] taken = new KernelEvent[1];
        Assert.That(rig.Kernel.Wait(taken, 0), Is.EqualTo(1));

        rig.Kernel.Close(fd);
        (_, int reborn) = rig.Pair();
        Assert.That(reborn, Is.EqualTo(fd), "the lowest free number");
        Assert.That(taken[0].Token, Is.EqualTo(1), "a stale event is in the array");
        Assert.That(rig.Receive(reborn), Is.EqualTo(-Errno.Again));
        Assert.That(rig.Wait(), Is.EqualTo("-"));
    }

    [Test]
    public void RegistrationErrors()
    {
        Rig rig = new();
        (_, int fd) = rig.Pair();
        Assert.That(rig.Kernel.Rewatch(fd, Interest.In, 1), Is.EqualTo(-Errno.NoEntry));
        Assert.That(rig.Kernel.Unwatch(fd), Is.EqualTo(-Errno.NoEntry));
        Assert.That(rig.Kernel.Watch(fd, Interest.In, 1), Is.Zero);
        Assert.That(rig.Kernel.Watch(fd, Interest.In, 1), Is.EqualTo(-Errno.Exists));
        Assert.That(rig.Kernel.Watch(rig.Listener, Interest.SharedListener, 1), Is.Zero);
        Assert.That(rig.Kernel.Rewatch(rig.Listener, Interest.In, 1), Is.EqualTo(-Errno.Invalid));
    }

    [Test]
    public void SpaceIsToldOnlyAfterAShortfall([Values] bool fallsShort)
    {
        Rig rig = new(new WorldOptions { SendBuffer = 30 });
        (FakePeer peer, int fd) = rig.Pair();
        rig.Kernel.Watch(fd, Rig.Everything, 1);
        rig.Wait();
        peer.Window = 0;
        Assert.That(rig.Send(fd, fallsShort ? 31 : 30), Is.EqualTo(30));

        peer.Window = 5;
        Assert.That(rig.Wait(), Is.EqualTo("-"), "25 of 30 wait: more than two thirds");
        peer.Window = 12;
        Assert.That(rig.Wait(), Is.EqualTo(fallsShort ? "OUT@1" : "-"));
    }

    [Test]
    public void WorkersHaveSetsOfTheirOwnOverOneTable()
    {
        Rig rig = new();
        FakeKernel other = new(rig.World);
        int second = rig.World.OpenListener(Rig.Address);
        rig.Kernel.Watch(rig.Listener, Interest.Listener, 1);
        other.Watch(second, Interest.Listener, 2);
        rig.World.Connect(Rig.Address);
        Assert.That((rig.Kernel.HasEvents, other.HasEvents), Is.EqualTo((true, false)));
        rig.World.Connect(Rig.Address);
        Assert.That((rig.Kernel.HasEvents, other.HasEvents), Is.EqualTo((true, true)));

        List<int> accepted = [rig.Kernel.Accept(rig.Listener, out _), other.Accept(second, out _)];
        Assert.That(accepted, Is.EqualTo(new[] { second + 1, second + 2 }));
    }
}

using System.Collections.Generic;
using System.Linq;
using Lure.Core.Kernel;
using Lure.Sim.Exhaustive;
using Lure.Sim.Polling;
using Lure.Sim.Sockets;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>The lists of an epoll: what is ready in which order, who is woken in which order, and how all of it ends.</summary>
public sealed class EpollListTests
{
    private readonly FakeWorld _world = new();
    private readonly List<TcpSocket> _sockets = [];
    private readonly Epoll _epoll = new();

    /// <summary>Connected sockets that can be written, each registered by its number.</summary>
    [SetUp]
    public void Connect()
    {
        _world.Reset(new WorldOptions());
        _epoll.Clear();
        _sockets.Clear();
        TcpSocket listener = _world.Network.Create();
        listener.Listen(FakeAddress.IPv4(1), 9);
        for (int i = 0; i < 4; i++)
        {
            TcpSocket socket = _world.Network.Create();
            socket.Connect(FakeAddress.IPv4(1));
            _sockets.Add(socket);
            Assert.That(_epoll.Add(i, socket, Interest.Out, (ulong)i), Is.Zero);
        }
    }

    [TestCase(0, "0 1 2 3")]
    [TestCase(1, "1 0 2 3")]
    [TestCase(2, "2 0 1 3")]
    [TestCase(3, "3 0 1 2")]
    [TestCase(4, "0 1 2 3")]
    [TestCase(9, "0 1 2 3")]
    public void OneMayHaveBecomeReadyBeforeTheOthers(int place, string order)
    {
        _epoll.BringForward(place);
        Assert.That(_epoll.Tokens(), Is.EqualTo(order));
        Assert.That(_epoll.Tokens(), Is.EqualTo(order), "level-triggered ones are told again");
    }

    [TestCase(0, 0)]
    [TestCase(3, 3)]
    [TestCase(4, 4)]
    [TestCase(5, 4)]
    public void WhatIsQueuedIsCountedUpToABound(int bound, int expected) =>
        Assert.That(_epoll.Queued(bound), Is.EqualTo(expected));

    [Test]
    public void WhatIsQueuedAndInWhichOrderIsPartOfTheState()
    {
        ulong first = State();
        Assert.That(State(), Is.EqualTo(first));
        _epoll.BringForward(1);
        ulong second = State();
        _epoll.Modify(2, _sockets[2], Interest.Out | Interest.In, 2);
        ulong third = State();
        _epoll.Remove(3, _sockets[3]);
        Assert.That(new[] { first, second, third, State() }, Is.Unique);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(3)]
    public void ARegistrationThatEndsIsReportedNoMore(int ended)
    {
        _epoll.Remove(ended, _sockets[ended]);
        Assert.That(_epoll.Tokens(), Is.EqualTo(string.Join(' ', Enumerable.Range(0, 4).Where(i => i != ended))));
        Assert.That(_epoll.Remove(ended, _sockets[ended]), Is.EqualTo(-Errno.NoEntry));
        Assert.That(_epoll.Add(ended, _sockets[ended], Interest.Out, 9), Is.Zero);
        Assert.That(_epoll.Tokens(), Does.EndWith(" 9"));
    }

    [Test]
    public void AClearedOneWatchesNothingAndCanBeUsedAgain()
    {
        _epoll.Remove(1, _sockets[1]);
        _epoll.Clear();
        Assert.That(_sockets.Select(socket => socket.FirstWatcher), Is.All.Null);
        Assert.That((_epoll.HasEvents, _epoll.Queued(9), _epoll.Tokens()), Is.EqualTo((false, 0, "")));
        Assert.That(_epoll.Add(2, _sockets[2], Interest.Out, 5), Is.Zero);
        Assert.That(_epoll.Tokens(), Is.EqualTo("5"));
    }

    [Test]
    public void TheKeyIsTheNumberAndTheFileAndTheSet()
    {
        Epoll other = new();
        Assert.That(_epoll.InterestOf(0, _sockets[1]), Is.Null);
        Assert.That(other.InterestOf(0, _sockets[0]), Is.Null);
        Assert.That(_epoll.InterestOf(0, _sockets[0]), Is.EqualTo(Interest.Out));
        Assert.That(_epoll.Add(0, _sockets[0], Interest.In, 1), Is.EqualTo(-Errno.Exists));
        Assert.That(other.Add(0, _sockets[0], Interest.In, 1), Is.Zero);
        Assert.That(_epoll.Add(7, _sockets[0], Interest.In, 1), Is.Zero, "a duplicate has another number");
        Assert.That(other.Modify(7, _sockets[0], Interest.In, 1), Is.EqualTo(-Errno.NoEntry));
    }

    [Test]
    public void AnExclusiveRegistrationAsksForLittleAndIsNotChanged()
    {
        const Interest Exclusive = Interest.Exclusive | Interest.In;
        TcpSocket socket = _sockets[0];
        Assert.That(_epoll.Add(9, socket, Exclusive | Interest.ReadHangUp, 1), Is.EqualTo(-Errno.Invalid));
        Assert.That(_epoll.Add(9, socket, Exclusive | Interest.Out | Interest.EdgeTriggered, 1), Is.Zero);
        Assert.That(_epoll.Modify(9, socket, Interest.In, 1), Is.EqualTo(-Errno.Invalid));
        Assert.That(_epoll.Modify(0, socket, Exclusive, 1), Is.EqualTo(-Errno.Invalid));
    }

    /// <summary>add_wait_queue: the newest first, an exclusive one last.</summary>
    [Test]
    public void WakeUpsVisitTheNewestFirstAndExclusiveOnesLast()
    {
        TcpSocket socket = _sockets[0];
        _epoll.Clear();
        _epoll.Add(1, socket, Interest.In, 1);
        _epoll.Add(2, socket, Interest.In | Interest.Exclusive, 2);
        _epoll.Add(3, socket, Interest.In, 3);
        _epoll.Add(4, socket, Interest.In | Interest.Exclusive, 4);
        Assert.That(Watchers(socket), Is.EqualTo("3 1 2 4"));
        _epoll.Remove(1, socket);
        Assert.That(Watchers(socket), Is.EqualTo("3 2 4"));
        _epoll.Remove(4, socket);
        _epoll.Add(5, socket, Interest.In | Interest.Exclusive, 5);
        Assert.That(Watchers(socket), Is.EqualTo("3 2 5"));
        _epoll.Remove(3, socket);
        Assert.That(Watchers(socket), Is.EqualTo("2 5"));
        socket.DropWatchers();
        Assert.That(Watchers(socket), Is.Empty);
    }

    [Test]
    public void ASetIsReadableWhileItHasSomethingToSay()
    {
        Assert.That((_epoll.Look(), _epoll.Poll()), Is.EqualTo((Readiness.In, Readiness.In)));
        for (int i = 0; i < 4; i++)
        {
            _epoll.Modify(i, _sockets[i], Interest.In, 0);
        }

        Assert.That((_epoll.Look(), _epoll.HasEvents), Is.EqualTo((Readiness.None, false)));
        Assert.That(_epoll.Queued(9), Is.EqualTo(4), "a look takes nothing away");
        Assert.That(_epoll.Poll(), Is.EqualTo(Readiness.None));
        Assert.That(_epoll.Queued(9), Is.Zero, "a poll does");
        _epoll.Close();
        Assert.That(_sockets[0].FirstWatcher, Is.Null);
    }

    private static string Watchers(TcpSocket socket)
    {
        List<int> numbers = [];
        for (EpollItem? item = socket.FirstWatcher; item is not null; item = item.NextOfFile)
        {
            numbers.Add(item.Fd);
        }

        return string.Join(' ', numbers);
    }

    private ulong State()
    {
        StateHash hash = new();
        _epoll.AddTo(ref hash);
        return hash.Value;
    }
}

using System.Collections.Generic;
using System.Linq;
using Lure.Core.Kernel;
using Lure.Sim.Peers;
using Lure.Sim.Polling;
using Lure.Sim.Sockets;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>What lies between the sockets: SYNs that are sent again, ports, who of a group is next, what connects are answered.</summary>
public sealed class NetworkTests
{
    private const long Second = 1_000_000_000;

    private FakeWorld _world = null!;
    private Network _network = null!;

    private static SocketAddress Other => FakeAddress.IPv4(9001);

    [SetUp]
    public void StartWorld()
    {
        _world = new FakeWorld();
        _network = _world.Network;
    }

    // tcp_syn_retries: the waits double, so the nth is sent at 2^n - 1 s.
    [Test]
    public void ASynThatFoundNoRoomIsSentAgain([Range(1, 6)] int retry)
    {
        (FakeListener listener, TcpSocket waiting) = FullListener();
        _world.Advance((((1L << retry) - 1) * Second) - 1);
        listener.Accept();
        Assert.That(waiting.State, Is.EqualTo(TcpState.SynSent));
        _world.Advance(1);
        Assert.That(waiting.State, Is.EqualTo(TcpState.Established));
    }

    [Test]
    public void ASynIsGivenUpAfter127Seconds()
    {
        (FakeListener listener, TcpSocket waiting) = FullListener();
        _world.Advance((127 * Second) - 1);
        Assert.That(waiting.State, Is.EqualTo(TcpState.SynSent));
        listener.Accept();
        _world.Advance(1);
        Assert.That((waiting.State, waiting.TakeError()), Is.EqualTo((TcpState.Closed, Errno.TimedOut)));
    }

    [Test]
    public void ASocketThatIsUsedAgainGetsNoAnswerToItsEarlierConnect()
    {
        _world.OnConnect(Rig.Backend, ConnectOutcome.FailsLater(Errno.HostUnreachable, 10));
        _world.OnConnect(Other, ConnectOutcome.FailsLater(Errno.NetworkUnreachable, 30));
        TcpSocket first = _network.Create();
        first.Connect(Rig.Backend);
        first.Close();
        TcpSocket second = _network.Create();
        Assert.That(second, Is.SameAs(first));
        second.Connect(Other);
        _world.Advance(29);
        Assert.That(second.State, Is.EqualTo(TcpState.SynSent));
        _world.Advance(1);
        Assert.That(second.TakeError(), Is.EqualTo(Errno.NetworkUnreachable));
    }

    // ip_local_port_range, as it is by default.
    [Test]
    public void PortsOfTheKernelsChoiceGoRound()
    {
        int[] ports =
        [
            .. Enumerable
                .Range(0, 28233)
                .Select(_ => FakeAddress.PortOf(_network.EphemeralAddress(SocketAddress.FamilyIPv4))),
        ];
        Assert.That(ports, Is.EqualTo((int[])[.. Enumerable.Range(32768, 28232), 32768]));
        Assert.That(_network.EphemeralAddress(SocketAddress.FamilyIPv4).Family, Is.EqualTo(SocketAddress.FamilyIPv4));

        _world.Reset(new WorldOptions());
        SocketAddress address = _network.EphemeralAddress(SocketAddress.FamilyIPv6);
        Assert.That(
            (address.Family, FakeAddress.PortOf(address)),
            Is.EqualTo((SocketAddress.FamilyIPv6, 32768)),
            "a reset world begins anew"
        );
    }

    [Test]
    public void AClientHasAPortOfItsOwnOrTheNextFreeOne()
    {
        _world.Listen(Rig.Backend);
        Assert.That(FakeAddress.PortOf(_world.Connect(Rig.Backend).Address), Is.EqualTo(32768));
        Assert.That(FakeAddress.PortOf(_world.Connect(Rig.Backend, Other).Address), Is.EqualTo(9001));
        Assert.That(FakeAddress.PortOf(_world.Connect(Rig.Backend).Address), Is.EqualTo(32769));
    }

    [Test]
    public void AGroupIsServedInTurnAndASingleListenerTakesNobodysTurn()
    {
        FakeListener[] group = [_world.Listen(Rig.Backend), _world.Listen(Rig.Backend), _world.Listen(Rig.Backend)];
        FakeListener single = _world.Listen(Other);
        List<int> served = [];
        for (int i = 0; i < 7; i++)
        {
            _world.Connect(Rig.Backend);
            served.Add(System.Array.FindIndex(group, member => member.TryAccept() is not null));
            _world.Connect(Other);
            Assert.That(single.TryAccept(), Is.Not.Null);
        }

        Assert.That(served, Is.EqualTo(new[] { 0, 1, 2, 0, 1, 2, 0 }));
        group[1].Close();
        _world.Connect(Rig.Backend);
        Assert.That(group[2].TryAccept(), Is.Not.Null, "of two that are left the second has its turn");

        _world.Reset(new WorldOptions());
        FakeListener first = _world.Listen(Rig.Backend);
        _world.Listen(Rig.Backend);
        _world.Connect(Rig.Backend);
        Assert.That(first.TryAccept(), Is.Not.Null, "a reset world begins with the first");
    }

    [Test]
    public void WhatWasSaidLastOfAnAddressCountsAndOfNoOther()
    {
        _world.OnConnect(Rig.Backend, ConnectOutcome.FailsAtOnce(Errno.NetworkUnreachable));
        _world.OnConnect(Other, ConnectOutcome.FailsAtOnce(Errno.HostUnreachable));
        _world.OnConnect(Rig.Backend, ConnectOutcome.FailsAtOnce(Errno.AddressNotAvailable));
        Assert.That(Connect(Rig.Backend), Is.EqualTo(-Errno.AddressNotAvailable));
        Assert.That(Connect(Other), Is.EqualTo(-Errno.HostUnreachable));
        Assert.That(Connect(FakeAddress.IPv4(9002)), Is.EqualTo(-Errno.InProgress));

        _network.NextOutcome = ConnectOutcome.FailsAtOnce(Errno.TimedOut);
        Assert.That(Connect(Other), Is.EqualTo(-Errno.TimedOut), "the next one's goes before");
        Assert.That(Connect(Other), Is.EqualTo(-Errno.HostUnreachable), "and is gone");

        _network.NextOutcome = ConnectOutcome.FailsAtOnce(Errno.TimedOut);
        _world.Reset(new WorldOptions());
        Assert.That(Connect(Other), Is.EqualTo(-Errno.InProgress), "a reset world knows of none");
    }

    [Test]
    public void AConnectThatSucceedsAtOnceIsOver()
    {
        FakeListener listener = _world.Listen(Rig.Backend);
        _world.OnConnect(Rig.Backend, ConnectOutcome.Immediate);
        Assert.That(Connect(Rig.Backend), Is.Zero);
        Assert.That(listener.TryAccept(), Is.Not.Null);
        Assert.That(_world.IsListening(Rig.Backend), Is.True);
        Assert.That(_world.IsListening(Other), Is.False);
    }

    [Test]
    public void EverySocketAndPipeIsCountedUntilItIsGivenBack()
    {
        _network.Create();
        UnixSocket unix = _network.CreateUnix();
        Pipe pipe = _network.CreatePipe();
        Assert.That(_network.InUse, Is.EqualTo(3));
        unix.Close();
        Assert.That(_network.InUse, Is.EqualTo(2));
        pipe.Recycle();
        Assert.That(_network.InUse, Is.EqualTo(1));
    }

    [Test]
    public void AResetWorldListensNowhere()
    {
        _world.Listen(Rig.Backend);
        _world.OpenListener(FakeAddress.Unix(1));
        _world.Reset(new WorldOptions());
        Assert.That(_world.IsListening(Rig.Backend), Is.False);
        Assert.That(_network.FindUnix(FakeAddress.Unix(1)), Is.Null);
    }

    [Test]
    public void AResetWorldHasItsMemoryBack()
    {
        _network.CreatePipe().Write(new byte[5], []);
        _world.TcpPair().Client.Send(new byte[5], []);
        _world.UnixPair().Client.Send(new byte[5], []);
        Assert.That((_network.InUse, _network.Rings.Lent), Is.EqualTo((7, 3)));

        _world.Reset(new WorldOptions());
        Assert.That((_network.InUse, _network.Rings.Lent), Is.EqualTo((0, 0)));
    }

    [Test]
    public void ANameOfAResetWorldIsGivenAndTakenOnce()
    {
        _world.OpenListener(FakeAddress.Unix(1));
        _world.Reset(new WorldOptions());
        UnixSocket bound = _network.CreateUnix();
        UnixSocket next = _network.CreateUnix();
        Assert.That(bound.Bind(FakeAddress.Unix(1)), Is.Zero);
        bound.Close();
        Assert.That(next.Bind(FakeAddress.Unix(1)), Is.Zero);
    }

    // What was late once, in this world or before its reset, is not late again before what is late now.
    [Test]
    public void WhatWasPutOffHappensInItsOrderAndOnce([Values] bool reset)
    {
        Epoll epoll = new();
        (TcpSocket first, TcpSocket second) = (Reader(epoll, 1), Reader(epoll, 2));
        ReadLate(first);
        ReadLate(second);
        if (reset)
        {
            epoll.Clear();
            _world.Reset(new WorldOptions());
            (first, second) = (Reader(epoll, 1), Reader(epoll, 2));
        }
        else
        {
            _network.Settle();
            Assert.That(epoll.Tokens(), Is.EqualTo("1 2"));
        }

        ReadLate(second);
        ReadLate(first);
        _network.Settle();
        Assert.That(epoll.Tokens(), Is.EqualTo("2 1"));
    }

    /// <summary>A socket with some bytes, of which its watcher knows.</summary>
    private TcpSocket Reader(Epoll epoll, int token)
    {
        (TcpSocket client, TcpSocket reader) = _world.TcpPair(FakeAddress.IPv4(9000 + token));
        client.Send(new byte[9], []);
        epoll.Add(token, reader, Interest.In | Interest.EdgeTriggered, (ulong)token);
        Assert.That(epoll.Tokens(), Is.EqualTo($"{token}"));
        return reader;
    }

    private static void ReadLate(TcpSocket reader) =>
        Assert.That(reader.Receive(new byte[1], [], limit: 1), Is.EqualTo(1));

    private (FakeListener Listener, TcpSocket Waiting) FullListener()
    {
        FakeListener listener = _world.Listen(Rig.Backend, backlog: 0);
        _world.Connect(Rig.Backend);
        TcpSocket waiting = _network.Create();
        waiting.Connect(Rig.Backend);
        return (listener, waiting);
    }

    private int Connect(in SocketAddress address) => _network.Create().Connect(address);
}

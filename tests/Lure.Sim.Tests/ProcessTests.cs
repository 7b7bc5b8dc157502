using System;
using Lure.Core.Kernel;
using Lure.Sim.Conformance;
using Lure.Sim.Descriptors;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>The sockets API of a process beside the loop's: what no script can ask, or no kernel is there to answer.</summary>
public sealed class ProcessTests
{
    private readonly KernelEvent[] _events = new KernelEvent[4];
    private FakeWorld _world = null!;
    private FakeSocketApi _api;

    [SetUp]
    public void StartWorld()
    {
        _world = new FakeWorld();
        _api = new FakeSocketApi(_world);
    }

    [Test]
    public void AProcessOfAResetWorldHasNothing()
    {
        int inner = 0;
        int outer = 0;
        for (int round = 0; round < 2; round++)
        {
            FakeSocketApi api = new(_world);
            inner = api.MakeEpoll();
            outer = api.MakeEpoll();
            int socket = api.Socket(SocketAddress.FamilyIPv4);
            Assert.That((inner, outer, socket), Is.EqualTo((3, 4, 5)));
            Assert.That(api.Control(inner, EpollOperation.Add, socket, Interest.Out, 2), Is.Zero);
            Assert.That(api.Control(outer, EpollOperation.Add, inner, Interest.In, 1), Is.Zero);
            Assert.That(api.Wait(outer, _events), Is.EqualTo(1));
            Assert.That(
                api.FreshAddress(SocketAddress.FamilyUnix).Bytes.ToArray(),
                Is.EqualTo(FakeAddress.Unix(1).Bytes.ToArray())
            );
            Assert.That(
                api.FreshAddress(SocketAddress.FamilyUnix).Bytes.ToArray(),
                Is.EqualTo(FakeAddress.Unix(2).Bytes.ToArray())
            );
            Assert.That(api.Duplicate(inner), Is.EqualTo(6));
            Assert.That(api.Close(inner), Is.Zero);
            Assert.That(api.Wait(outer, _events), Is.EqualTo(1), "another descriptor stands for it");
            Assert.That(api.Close(6), Is.Zero);
            Assert.That(api.Wait(outer, _events), Is.Zero);
            api.LimitDescriptors(1);
            _world.Reset(new WorldOptions());
        }
    }

    [Test]
    public void AFreshAddressLeavesThePortToTheKernel()
    {
        Assert.That(
            _api.FreshAddress(SocketAddress.FamilyIPv4).Bytes.ToArray(),
            Is.EqualTo(FakeAddress.IPv4(0).Bytes.ToArray())
        );
        Assert.That(
            _api.FreshAddress(SocketAddress.FamilyIPv6).Bytes.ToArray(),
            Is.EqualTo(FakeAddress.IPv6(0).Bytes.ToArray())
        );
        Assert.That(_api.Socket(9), Is.EqualTo(-Errno.AddressFamilyNotSupported));
    }

    [Test]
    public void WithoutDescriptorsNothingIsMade()
    {
        (int listener, int client) = Connect(_api);
        int used = client + 1 - DescriptorTable.First;

        Assert.That(_api.LimitDescriptors(used), Is.Zero);
        Assert.That(_api.Socket(SocketAddress.FamilyIPv4), Is.EqualTo(-Errno.TooManyFiles));
        Assert.That(_api.Accept(listener), Is.EqualTo(-Errno.TooManyFiles));
        Assert.That(_api.Accept(client), Is.EqualTo(-Errno.TooManyFiles), "the number comes first");
        Assert.That(_api.Accept(client + 1), Is.EqualTo(-Errno.BadDescriptor));
        Assert.That(_api.MakeEpoll(), Is.EqualTo(-Errno.TooManyFiles));
        Assert.That(_api.Duplicate(client), Is.EqualTo(-Errno.TooManyFiles));
        Assert.That(_api.MakePipe(out int readEnd, out int writeEnd), Is.EqualTo(-Errno.TooManyFiles));
        Assert.That((readEnd, writeEnd), Is.EqualTo((-Errno.TooManyFiles, -Errno.TooManyFiles)));

        _api.LimitDescriptors(used + 1);
        Assert.That(_api.MakePipe(out _, out _), Is.EqualTo(-Errno.TooManyFiles), "there is room for one end");
        Assert.That(_api.Socket(SocketAddress.FamilyIPv4), Is.EqualTo(client + 1), "which was given back");
        _api.Close(client + 1);

        _api.LimitDescriptors(0);
        Assert.That(_api.Duplicate(client), Is.EqualTo(-Errno.TooManyFiles));
        _api.LimitDescriptors(-1);
        Assert.That(_api.MakePipe(out readEnd, out writeEnd), Is.Zero);
        Assert.That((readEnd, writeEnd), Is.EqualTo((client + 1, client + 2)));
    }

    [Test]
    public void APipeThatWasNotMadeIsThereForTheNext()
    {
        _api.LimitDescriptors(1);
        for (int i = 0; i < 3; i++)
        {
            _api.MakePipe(out _, out _);
        }

        Assert.That(_world.Network.InUse, Is.Zero, "the one end was closed");
        _api.LimitDescriptors(0);
        for (int i = 0; i < 3; i++)
        {
            _api.MakePipe(out _, out _);
        }

        Assert.That(_world.Network.InUse, Is.Zero, "there never was an end");
        _api.LimitDescriptors(-1);
        _api.MakePipe(out int one, out _);
        _api.MakePipe(out int other, out int otherEnd);
        Assert.That(_api.Write(otherEnd, new byte[5], []), Is.EqualTo(5));
        Assert.That((_api.Readable(one), _api.Readable(other)), Is.EqualTo((0, 5)));
    }

    [Test]
    public void NamesAreThoseOfTheEnds()
    {
        int listener = _api.Socket(SocketAddress.FamilyIPv4);
        _api.Bind(listener, FakeAddress.IPv4(7));
        _api.Listen(listener, 4);
        int client = _api.Socket(SocketAddress.FamilyIPv4);
        Assert.That(_api.PeerOf(client, out SocketAddress none), Is.EqualTo(-Errno.NotConnected));
        Assert.That(none.Length, Is.Zero);
        _api.Connect(client, FakeAddress.IPv4(7));
        int accepted = _api.Accept(listener);

        Assert.That(_api.NameOf(client, out SocketAddress ofClient), Is.Zero);
        Assert.That(_api.PeerOf(accepted, out SocketAddress ofPeer), Is.Zero);
        Assert.That(ofPeer.Bytes.ToArray(), Is.EqualTo(ofClient.Bytes.ToArray()));
        Assert.That(FakeAddress.PortOf(ofClient), Is.EqualTo(32768));
        Assert.That(_api.PeerOf(client, out ofPeer), Is.Zero);
        Assert.That(ofPeer.Bytes.ToArray(), Is.EqualTo(FakeAddress.IPv4(7).Bytes.ToArray()));
        Assert.That(_api.NameOf(accepted, out SocketAddress ofAccepted), Is.Zero);
        Assert.That(ofAccepted.Bytes.ToArray(), Is.EqualTo(FakeAddress.IPv4(7).Bytes.ToArray()));

        Assert.That(_api.NameOf(99, out SocketAddress ofNobody), Is.EqualTo(-Errno.BadDescriptor));
        Assert.That(ofNobody.Length, Is.Zero);
        Assert.That(_api.PeerOf(99, out ofNobody), Is.EqualTo(-Errno.BadDescriptor));
        Assert.That(ofNobody.Length, Is.Zero);
    }

    // Where the fake answers as a kernel without CONFIG_AF_UNIX_OOB.
    [Test]
    public void AUnixSocketHasNoUrgentBytes()
    {
        int unix = _api.Socket(SocketAddress.FamilyUnix);
        Assert.That(_api.Send(unix, new byte[1], TransferFlags.OutOfBand), Is.EqualTo(-Errno.NotSupported));
        Assert.That(_api.Receive(unix, new byte[1], TransferFlags.OutOfBand), Is.EqualTo(-Errno.NotSupported));
        Assert.That(_api.SetOption(unix, (StreamOption)99, 1), Is.EqualTo(-Errno.NoProtocolOption));
        Assert.That(_api.SetOption(unix, StreamOption.ReuseAddress, 1), Is.Zero);
        Assert.That(_api.SetOption(unix, StreamOption.QuickAcknowledge, 1), Is.Zero);
    }

    [Test]
    public void AnEpollKnowsThreeOperationsAndHasRoomForAnEvent()
    {
        int epoll = _api.MakeEpoll();
        int socket = _api.Socket(SocketAddress.FamilyIPv4);
        Assert.That(_api.Control(epoll, (EpollOperation)9, socket, Interest.In, 1), Is.EqualTo(-Errno.Invalid));
        Assert.That(_api.Wait(epoll, Span<KernelEvent>.Empty), Is.EqualTo(-Errno.Invalid));
    }

    [Test]
    public void WhatIsUnacknowledgedHasBounds()
    {
        (int listener, int client) = Connect(_api);
        int accepted = _api.Accept(listener);
        _api.Send(client, new byte[5], TransferFlags.None);
        Assert.That(_api.Unacknowledged(client, out int most), Is.Zero);
        Assert.That(most, Is.EqualTo(5), "as long as the peer has sent nothing");
        _api.Send(accepted, new byte[1], TransferFlags.None);
        Assert.That(_api.Unacknowledged(client, out most), Is.Zero);
        Assert.That(most, Is.Zero);
        Assert.That(_api.Unacknowledged(listener, out most), Is.EqualTo(-Errno.Invalid));
        Assert.That(most, Is.EqualTo(-Errno.Invalid));
        Assert.That(_api.Unacknowledged(99, out most), Is.EqualTo(-Errno.BadDescriptor));
        Assert.That(most, Is.EqualTo(-Errno.BadDescriptor));
    }

    // A FIN that found the reader behind it is acknowledged when the reader has caught up.
    [TestCase(Segmentation.LongEnd, 1)]
    [TestCase(Segmentation.None, 0)]
    public void AFinBehindBytesIsAcknowledgedByTheirRead(Segmentation segmentation, int edges)
    {
        FakeSocketApi api = new(new FakeWorld(new WorldOptions { Segmentation = segmentation }));
        (int listener, int client) = Connect(api);
        int server = api.Accept(listener);
        api.Send(client, "abc"u8, TransferFlags.None);
        int epoll = api.MakeEpoll();
        api.Control(epoll, EpollOperation.Add, client, Interest.Out | Interest.EdgeTriggered, 1);
        api.Shutdown(client, ShutdownHow.Write);
        Assert.That(api.Wait(epoll, _events), Is.EqualTo(1));
        Assert.That(api.Receive(server, new byte[9], TransferFlags.None), Is.EqualTo(3));
        Assert.That(api.Wait(epoll, _events), Is.EqualTo(edges));
    }

    /// <summary>A client whose connection waits at a listener.</summary>
    private static (int Listener, int Client) Connect(FakeSocketApi api)
    {
        int listener = api.Socket(SocketAddress.FamilyIPv4);
        api.Listen(listener, 4);
        api.NameOf(listener, out SocketAddress address);
        int client = api.Socket(SocketAddress.FamilyIPv4);
        api.Connect(client, address);
        return (listener, client);
    }
}

using Lure.Core.Kernel;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>connect(2), listen(2) and accept(2).</summary>
public sealed class ConnectTests
{
    private static SocketAddress Backend => FakeAddress.IPv4(9000);

    [Test]
    public void AFreshSocketHangsUp()
    {
        Rig rig = new();
        int fd = rig.Kernel.Open(Backend);
        Assert.That(rig.Poll(fd), Is.EqualTo("OUT|HUP"));
        Assert.That(rig.Receive(fd), Is.EqualTo(-Errno.NotConnected));
        Assert.That(rig.Send(fd, 1), Is.EqualTo(-Errno.BrokenPipe));
    }

    [Test]
    public void AConnectSucceedsByTheNextWait()
    {
        Rig rig = new();
        FakeListener server = rig.World.Listen(Backend);
        int fd = rig.Kernel.Open(Backend);
        Assert.That(rig.Kernel.Connect(fd, Backend), Is.EqualTo(-Errno.InProgress));
        Assert.That(rig.Poll(fd), Is.EqualTo("OUT"));
        Assert.That(rig.Kernel.ConnectResult(fd), Is.Zero);
        Assert.That(rig.Kernel.Connect(fd, Backend), Is.Zero, "the second one");
        Assert.That(rig.Kernel.Connect(fd, Backend), Is.EqualTo(-Errno.AlreadyConnected), "the third one");

        rig.Send(fd, 3);
        Assert.That(server.Accept().Read(), Has.Length.EqualTo(3));
    }

    [Test]
    public void ARefusedConnectGivesItsErrorOnce()
    {
        Rig rig = new();
        int fd = rig.Kernel.Open(Backend);
        Assert.That(rig.Kernel.Connect(fd, Backend), Is.EqualTo(-Errno.InProgress));
        Assert.That(rig.Poll(fd), Is.EqualTo("IN|OUT|ERR|HUP|RDHUP"));
        Assert.That(rig.Kernel.ConnectResult(fd), Is.EqualTo(-Errno.ConnectionRefused));
        Assert.That(rig.Poll(fd), Is.EqualTo("IN|OUT|HUP|RDHUP"));
        Assert.That(rig.Kernel.ConnectResult(fd), Is.Zero);
        Assert.That(rig.Kernel.Connect(fd, Backend), Is.EqualTo(-Errno.ConnectionAborted));
        Assert.That(rig.Kernel.Connect(fd, Backend), Is.EqualTo(-Errno.InProgress));
    }

    [TestCase(Interest.None, "ERR|HUP")]
    [TestCase(Interest.Out, "OUT|ERR|HUP")]
    [TestCase(Interest.In | Interest.ReadHangUp, "IN|ERR|HUP|RDHUP")]
    public void ARefusalThroughNarrowerMasks(Interest interest, string expected)
    {
        Rig rig = new();
        int fd = rig.Kernel.Open(Backend);
        rig.Kernel.Connect(fd, Backend);
        Assert.That(rig.Poll(fd, interest), Is.EqualTo(expected));
    }

    [Test]
    public void ASilentServerSaysNothing()
    {
        Rig rig = new();
        rig.World.OnConnect(Backend, ConnectOutcome.Silent);
        int fd = rig.Kernel.Open(Backend);
        Assert.That(rig.Kernel.Connect(fd, Backend), Is.EqualTo(-Errno.InProgress));
        Assert.That(rig.Poll(fd), Is.EqualTo("-"));
        Assert.That(rig.Kernel.Connect(fd, Backend), Is.EqualTo(-Errno.AlreadyInProgress));
        Assert.That(rig.Receive(fd), Is.EqualTo(-Errno.Again));
        Assert.That(rig.Send(fd, 1), Is.EqualTo(-Errno.Again));
        Assert.That(rig.Kernel.ConnectResult(fd), Is.Zero, "no verdict is not success");

        Assert.That(rig.Kernel.Shutdown(fd), Is.Zero);
        Assert.That(rig.Poll(fd), Is.EqualTo("OUT|ERR|HUP"));
        Assert.That(rig.Kernel.ConnectResult(fd), Is.EqualTo(-Errno.ConnectionReset));
    }

    [Test]
    public void OutcomesOfOtherKinds()
    {
        Rig rig = new();
        rig.World.OnConnect(Backend, ConnectOutcome.FailsAtOnce(Errno.AddressNotAvailable));
        int fd = rig.Kernel.Open(Backend);
        Assert.That(rig.Kernel.Connect(fd, Backend), Is.EqualTo(-Errno.AddressNotAvailable));

        rig.World.OnConnect(Backend, ConnectOutcome.FailsLater(Errno.HostUnreachable, delay: 50));
        Assert.That(rig.Kernel.Connect(fd, Backend), Is.EqualTo(-Errno.InProgress));
        Assert.That(rig.Poll(fd), Is.EqualTo("-"));
        rig.World.Advance(50);
        Assert.That(rig.Poll(fd), Is.EqualTo("IN|OUT|ERR|HUP|RDHUP"));
        Assert.That(rig.Kernel.ConnectResult(fd), Is.EqualTo(-Errno.HostUnreachable));

        rig.World.Listen(Backend);
        rig.World.OnConnect(Backend, ConnectOutcome.Delayed(0));
        Assert.That(rig.Kernel.Connect(rig.Kernel.Open(Backend), Backend), Is.EqualTo(-Errno.InProgress));
        rig.World.OnConnect(Backend, ConnectOutcome.Immediate);
        Assert.That(rig.Kernel.Connect(rig.Kernel.Open(Backend), Backend), Is.Zero);
    }

    [Test]
    public void AReusedSocketDoesNotGetTheAnswerOfItsEarlierConnect()
    {
        Rig rig = new();
        rig.World.OnConnect(Backend, ConnectOutcome.FailsLater(Errno.TimedOut, delay: 50));
        int first = rig.Kernel.Open(Backend);
        rig.Kernel.Connect(first, Backend);
        rig.Kernel.Close(first);

        rig.World.OnConnect(Backend, ConnectOutcome.Silent);
        int second = rig.Kernel.Open(Backend);
        rig.Kernel.Connect(second, Backend);
        rig.World.Advance(100);
        Assert.That(second, Is.EqualTo(first));
        Assert.That(rig.Poll(second), Is.EqualTo("-"));
    }

    [Test]
    public void ABacklogHoldsOneMoreAndTheNextSynIsSentAgain()
    {
        Rig rig = new(backlog: 1);
        rig.World.Connect(Rig.Address);
        rig.World.Connect(Rig.Address);
        FakePeer third = rig.World.Connect(Rig.Address);
        Assert.That(third.IsConnected, Is.False);

        rig.Kernel.Accept(rig.Listener, out _);
        Assert.That(third.IsConnected, Is.False, "its kernel does not know of the room yet");
        rig.World.Advance(1_000_000_000);
        Assert.That(third.IsConnected, Is.True);
    }

    [Test]
    public void NoDescriptorLeavesTheConnectionQueued()
    {
        Rig rig = new();
        rig.World.Connect(Rig.Address);
        rig.World.Descriptors.Exhaust();
        Assert.That(rig.Kernel.Accept(rig.Listener, out _), Is.EqualTo(-Errno.TooManyFiles));
        Assert.That(rig.Poll(rig.Listener), Is.EqualTo("IN"));

        rig.World.Descriptors.Limit++;
        Assert.That(rig.Kernel.Accept(rig.Listener, out _), Is.GreaterThan(rig.Listener));
        Assert.That(rig.Kernel.Accept(rig.Listener, out _), Is.EqualTo(-Errno.TooManyFiles), "though nobody is queued");
        rig.World.Descriptors.Limit++;
        Assert.That(rig.Kernel.Accept(rig.Listener, out _), Is.EqualTo(-Errno.Again));
    }

    [Test]
    public void AClientThatResetBeforeItWasAcceptedIsAccepted()
    {
        Rig rig = new();
        FakePeer peer = rig.World.Connect(Rig.Address);
        peer.Send(new byte[5]);
        peer.Reset();

        int fd = rig.Kernel.Accept(rig.Listener, out _);
        Assert.That(fd, Is.GreaterThan(rig.Listener));
        Assert.That(rig.Receive(fd), Is.EqualTo(5));
        Assert.That(rig.Receive(fd), Is.EqualTo(-Errno.ConnectionReset));
        Assert.That(rig.Receive(fd), Is.Zero);
    }

    [Test]
    public void ClosingTheListenerResetsWhoWasNotAccepted()
    {
        Rig rig = new();
        FakePeer peer = rig.World.Connect(Rig.Address);
        Assert.That(rig.World.IsListening(Rig.Address), Is.True);
        rig.Kernel.Close(rig.Listener);
        Assert.That(peer.SawEnd, Is.EqualTo(PeerEnd.Reset));
        Assert.That(rig.World.IsListening(Rig.Address), Is.False);
        Assert.That(
            () => rig.World.Connect(Rig.Address),
            Throws.InvalidOperationException.With.Message.StartsWith("nobody listens")
        );
    }

    [Test]
    public void AcceptNamesTheClient()
    {
        Rig rig = new();
        SocketAddress from = FakeAddress.IPv4(10, 1, 2, 3, 555);
        rig.World.Connect(Rig.Address, from);
        rig.Kernel.Accept(rig.Listener, out SocketAddress peer);
        Assert.That(peer.Bytes.ToArray(), Is.EqualTo(from.Bytes.ToArray()));
    }
}

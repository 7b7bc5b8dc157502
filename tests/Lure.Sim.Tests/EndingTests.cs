using Lure.Core.Kernel;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>FIN, reset and the one-shot error, as Linux 6.18 answers them on the loopback.</summary>
public sealed class EndingTests
{
    private const int Reset = -Errno.ConnectionReset;
    private const int Pipe = -Errno.BrokenPipe;

    [Test]
    public void DataSurvivesTheResetBehindIt()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        peer.Send(new byte[5000]);
        peer.Reset();

        Assert.That(rig.Poll(fd), Is.EqualTo("IN|OUT|ERR|HUP|RDHUP"));
        Assert.That(Reads(rig, fd, 4), Is.EqualTo(new[] { 5000, Reset, 0, 0 }));
        Assert.That(rig.Poll(fd), Is.EqualTo("IN|OUT|HUP|RDHUP"));
        Assert.That(rig.Send(fd, 1), Is.EqualTo(Pipe));
    }

    [Test]
    public void AskingForTheErrorTurnsAResetIntoAnEnd()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.ServerPair();
        peer.Send(new byte[10]);
        peer.Reset();

        Assert.That(rig.Kernel.ConnectResult(fd), Is.EqualTo(Reset));
        Assert.That(Reads(rig, fd, 2), Is.EqualTo(new[] { 10, 0 }));
    }

    [Test]
    public void AWriteTakesTheErrorFromTheReader()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        peer.Send(new byte[10]);
        peer.Reset();

        Assert.That(rig.Send(fd, 1), Is.EqualTo(Reset));
        Assert.That(rig.Send(fd, 1), Is.EqualTo(Pipe));
        Assert.That(Reads(rig, fd, 2), Is.EqualTo(new[] { 10, 0 }));
    }

    [Test]
    public void AFinIsNoHangUp([Values] bool byClose)
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        peer.Send(new byte[5000]);
        if (byClose)
        {
            peer.Close();
        }
        else
        {
            peer.Finish();
        }

        Assert.That(rig.Poll(fd), Is.EqualTo("IN|OUT|RDHUP"));
        Assert.That(Reads(rig, fd, 3), Is.EqualTo(new[] { 5000, 0, 0 }));
        Assert.That(rig.Send(fd, 10), Is.EqualTo(10));
    }

    [Test]
    public void AWriteToAClosedPeerSucceedsOnceAndLeavesEpipeBehind()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        peer.Send(new byte[6]);
        peer.Close();

        Assert.That(rig.Send(fd, 10), Is.EqualTo(10));
        Assert.That(rig.Poll(fd), Is.EqualTo("IN|OUT|ERR|HUP|RDHUP"));
        Assert.That(Reads(rig, fd, 3), Is.EqualTo(new[] { 6, 0, 0 }));
        Assert.That(rig.Poll(fd), Is.EqualTo("IN|OUT|ERR|HUP|RDHUP"), "the end of file did not take the error");
        Assert.That(rig.Send(fd, 10), Is.EqualTo(Pipe));
        Assert.That(rig.Poll(fd), Is.EqualTo("IN|OUT|HUP|RDHUP"));
    }

    [Test]
    public void ClosingWithUnreadBytesResets()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        rig.Send(fd, 1000);
        peer.Send(new byte[6]);
        peer.Close();

        Assert.That(rig.Poll(fd), Is.EqualTo("IN|OUT|ERR|HUP|RDHUP"));
        Assert.That(Reads(rig, fd, 3), Is.EqualTo(new[] { 6, Reset, 0 }));
    }

    [Test]
    public void BothFinsHangUpAndShutdownFindsNoConnection()
    {
        Rig rig = new();
        (FakePeer peer, int fd) = rig.Pair();
        Assert.That(rig.Kernel.Shutdown(fd), Is.Zero);
        Assert.That(rig.Kernel.Shutdown(fd), Is.Zero, "again, in FIN_WAIT2");
        Assert.That(peer.SawEnd, Is.EqualTo(PeerEnd.Fin));
        peer.Finish();

        Assert.That(rig.Poll(fd), Is.EqualTo("IN|OUT|HUP|RDHUP"));
        Assert.That(rig.Kernel.Shutdown(fd), Is.EqualTo(-Errno.NotConnected));
    }

    [Test]
    public void ResetOnCloseDropsWhatIsUnsent()
    {
        Rig rig = new(new WorldOptions { SendBuffer = 100 });
        (FakePeer peer, int fd) = rig.Pair();
        peer.Window = 10;
        Assert.That(rig.Send(fd, 60), Is.EqualTo(60));
        rig.Kernel.SetOption(fd, SocketOption.ResetOnClose, 1);
        rig.Kernel.Close(fd);

        Assert.That(peer.Read(new byte[100]), Is.EqualTo(10));
        Assert.That(peer.Read(new byte[100]), Is.EqualTo(Reset));
        Assert.That(peer.SawEnd, Is.EqualTo(PeerEnd.Reset));
    }

    [Test]
    public void APlainCloseGoesOnSending()
    {
        Rig rig = new(new WorldOptions { SendBuffer = 100 });
        (FakePeer peer, int fd) = rig.Pair();
        peer.Window = 10;
        rig.Send(fd, 25);
        rig.Kernel.Close(fd);

        Assert.That(peer.SawEnd, Is.EqualTo(PeerEnd.None));
        Assert.That(peer.Read(), Has.Length.EqualTo(10));
        Assert.That(peer.Read(), Has.Length.EqualTo(10));
        Assert.That(peer.Read(), Has.Length.EqualTo(5));
        Assert.That(peer.SawEnd, Is.EqualTo(PeerEnd.Fin));
    }

    private static int[] Reads(Rig rig, int fd, int count)
    {
        int[] results = new int[count];
        for (int i = 0; i < count; i++)
        {
            results[i] = rig.Receive(fd, 8192);
        }

        return results;
    }
}

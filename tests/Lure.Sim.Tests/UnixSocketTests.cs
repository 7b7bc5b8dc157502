using Lure.Core.Kernel;
using Lure.Sim.Conformance;
using NUnit.Framework;

namespace Lure.Sim.Tests;

/// <summary>Unix sockets behind the seam; their rules are in the kernel notes.</summary>
public sealed class UnixSocketTests
{
    private static readonly SocketAddress s_front = FakeAddress.Unix(1);
    private static readonly SocketAddress s_backend = FakeAddress.Unix(2);

    [Test]
    public void ALoopSpeaksToAnotherProcess()
    {
        FakeWorld world = new();
        FakeKernel kernel = new(world);
        FakeSocketApi peer = new(world);
        int listener = world.OpenListener(s_front);
        int client = peer.Socket(SocketAddress.FamilyUnix);
        Assert.That(peer.Connect(client, s_front), Is.Zero);
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
    public void ALoopConnects()
    {
        FakeWorld world = new();
        FakeKernel kernel = new(world);
        FakeSocketApi peer = new(world);
        int fd = kernel.Open(s_backend);
        Assert.That(kernel.Connect(fd, s_backend), Is.EqualTo(-Errno.ConnectionRefused));
        int server = peer.Socket(SocketAddress.FamilyUnix);
        peer.Bind(server, s_backend);
        peer.Listen(server, 1);
        Assert.That(kernel.Connect(fd, s_backend), Is.Zero);
        Assert.That(peer.Accept(server), Is.GreaterThan(server));
    }
}

using System;
using System.Collections.Generic;
using System.Text;
using Lure.Core.Kernel;
using Lure.Linux.Relay;
using Lure.Linux.Sockets;
using NUnit.Framework;

namespace Lure.Linux.Tests.Kernel;

internal sealed class LinuxKernelTests
{
    private KernelUnderTest _kernel = null!;

    private static IEnumerable<SocketAddress> Families() =>
        [Addresses.Loopback(), Addresses.LoopbackIPv6(), Addresses.Unix($"@lure-test-{Guid.NewGuid():N}")];

    [OneTimeSetUp]
    public void IgnoreSignals() => IgnoredSignals.IgnoreBrokenPipe();

    [SetUp]
    public void Make() => _kernel = new KernelUnderTest();

    [TearDown]
    public void Close() => _kernel.Dispose();

    [TestCaseSource(nameof(Families))]
    public void Bytes_and_the_end_of_a_stream_arrive(SocketAddress where)
    {
        (int near, int far) = _kernel.Connect(where);
        Span<byte> buffer = stackalloc byte[16];

        int sent = _kernel.Send(near, "hello");
        int shut = _kernel.Calls.Shutdown(near);
        _ = _kernel.Await(far, Interest.In);
        int received = _kernel.Receive(far, buffer);
        int end = _kernel.Receive(far, buffer[received..]);

        Assert.That((sent, shut, received, end), Is.EqualTo((5, 0, 5, 0)));
        Assert.That(Encoding.UTF8.GetString(buffer[..received]), Is.EqualTo("hello"));
    }

    [TestCaseSource(nameof(Families))]
    public void An_empty_socket_says_EAGAIN(SocketAddress where)
    {
        (_, int far) = _kernel.Connect(where);
        Assert.That(_kernel.Receive(far, new byte[1]), Is.EqualTo(-Errno.Again));
    }

    [Test]
    public void Accept_tells_the_client()
    {
        int listener = _kernel.Listen(Addresses.Loopback(), out SocketAddress address);
        int none = _kernel.Calls.Accept(listener, out _);
        int near = _kernel.Keep(_kernel.Calls.Open(address));
        _ = _kernel.Calls.Connect(near, address);
        _ = _kernel.Await(listener, Interest.Listener);
        _ = _kernel.Keep(_kernel.Calls.Accept(listener, out SocketAddress peer));

        Assert.That(none, Is.EqualTo(-Errno.Again));
        Assert.That(peer.Bytes.ToArray(), Is.EqualTo(NameOf(near)));
    }

    [Test]
    public void Calls_on_what_is_no_listener_fail_as_documented()
    {
        (int near, _) = _kernel.Connect(Addresses.Loopback());
        Assert.That(_kernel.Calls.Accept(near, out _), Is.EqualTo(-Errno.Invalid));
        Assert.That(_kernel.Calls.Accept(_kernel.Records.Descriptor, out _), Is.EqualTo(-Errno.NotSocket));
        Assert.That(_kernel.Calls.Accept(-1, out _), Is.EqualTo(-Errno.BadDescriptor));
    }

    [Test]
    public void A_refused_connect_is_told_once()
    {
        int listener = _kernel.Listen(Addresses.Loopback(), out SocketAddress address);
        _kernel.Forget(listener);
        _ = _kernel.Calls.Close(listener);
        int near = _kernel.Keep(_kernel.Calls.Open(address));

        int started = _kernel.Calls.Connect(near, address);
        _ = _kernel.Await(near, Interest.Connection);

        Assert.That(started, Is.EqualTo(-Errno.InProgress));
        Assert.That(_kernel.Calls.ConnectResult(near), Is.EqualTo(-Errno.ConnectionRefused));
        Assert.That(_kernel.Calls.ConnectResult(near), Is.Zero);
    }

    /// <summary>The kernel may give a socket the very port that it connects to: here the socket has it from the start.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void A_socket_that_would_meet_itself_is_refused(bool ipv6)
    {
        SocketAddress any = ipv6 ? Addresses.LoopbackIPv6() : Addresses.Loopback();
        Assert.That(SetUpSocket.Open(any.Family, out SetUpSocket socket), Is.Zero);
        _ = _kernel.Keep(socket.Descriptor);
        Assert.That((socket.Bind(any), socket.Name(out SocketAddress own)), Is.EqualTo((0, 0)));

        Assert.That(_kernel.Calls.Connect(socket.Descriptor, own), Is.EqualTo(-Errno.ConnectionRefused));
    }

    [Test]
    public void A_connect_that_worked_has_the_result_0()
    {
        (int near, _) = _kernel.Connect(Addresses.Loopback());
        Assert.That(_kernel.Calls.ConnectResult(near), Is.Zero);
        Assert.That(_kernel.Calls.ConnectResult(-1), Is.EqualTo(-Errno.BadDescriptor));
    }

    [Test]
    public void A_unix_socket_without_a_server_refuses_at_once()
    {
        SocketAddress nobody = Addresses.Unix($"@lure-test-{Guid.NewGuid():N}");
        int near = _kernel.Keep(_kernel.Calls.Open(nobody));
        Assert.That(_kernel.Calls.Connect(near, nobody), Is.EqualTo(-Errno.ConnectionRefused));
    }

    [Test]
    public void A_family_that_does_not_exist_cannot_be_opened()
    {
        SocketAddress unknown = SocketAddress.From([200, 0, 0, 0]);
        Assert.That(_kernel.Calls.Open(unknown), Is.EqualTo(-Errno.AddressFamilyNotSupported));
    }

    [Test]
    public void ResetOnClose_resets_and_a_write_after_it_raises_no_signal()
    {
        (int near, int far) = _kernel.Connect(Addresses.Loopback());
        Assert.That(_kernel.Calls.SetOption(near, SocketOption.ResetOnClose, 0), Is.Zero);
        _kernel.Forget(near);
        Assert.That(_kernel.Calls.Close(near), Is.Zero);
        _ = _kernel.Await(far, Interest.In);

        Assert.That(_kernel.Receive(far, new byte[1]), Is.EqualTo(-Errno.ConnectionReset));
        Assert.That(_kernel.Send(far, "x"), Is.EqualTo(-Errno.BrokenPipe));
        Assert.That(_kernel.Calls.Shutdown(far), Is.EqualTo(-Errno.NotConnected));
    }

    [Test]
    public void Options_are_set()
    {
        (int near, _) = _kernel.Connect(Addresses.Loopback());
        Assert.That(_kernel.Calls.SetOption(near, SocketOption.NoDelay, 1), Is.Zero);
        Assert.That(_kernel.Calls.SetOption(near, SocketOption.KeepAlive, 1), Is.Zero);
        Assert.That(_kernel.Calls.SetOption(near, SocketOption.KeepAliveIdle, 61), Is.Zero);
        Assert.That(_kernel.Calls.SetOption(near, SocketOption.KeepAliveInterval, 11), Is.Zero);
        Assert.That(_kernel.Calls.SetOption(near, SocketOption.KeepAliveProbes, 7), Is.Zero);
        Assert.That(SocketState.Options(near), Is.EqualTo(new SocketState(true, true, 61, 11, 7)));
        Assert.That(_kernel.Calls.SetOption(near, SocketOption.KeepAliveIdle, -1), Is.EqualTo(-Errno.Invalid));
        Assert.That(_kernel.Calls.SetOption(near, (SocketOption)99, 1), Is.EqualTo(-Errno.NoProtocolOption));
    }

    [Test]
    public void Unacknowledged_counts_what_the_peer_kernel_has_not_taken()
    {
        (int near, int far) = _kernel.Connect(Addresses.Loopback());
        int before = _kernel.Calls.Unacknowledged(near);
        byte[] block = new byte[1 << 16];
        int queued = 0;
        while (_kernel.Send(near, Encoding.UTF8.GetString(block)) is > 0 and int count)
        {
            queued += count;
        }

        int left = _kernel.Calls.Unacknowledged(near);
        Assert.That(before, Is.Zero);
        Assert.That(left, Is.GreaterThan(0).And.LessThan(queued), "some is in the peer's kernel, some is not");
        Assert.That(_kernel.Calls.Unacknowledged(far), Is.Zero);
        Assert.That(_kernel.Calls.Unacknowledged(-1), Is.EqualTo(-Errno.BadDescriptor));
    }

    [Test]
    public void Nothing_is_unacknowledged_on_a_unix_socket()
    {
        (int near, _) = _kernel.Connect(Addresses.Unix($"@lure-test-{Guid.NewGuid():N}"));
        Assert.That(_kernel.Send(near, "unread"), Is.EqualTo(6));
        Assert.That(_kernel.Calls.Unacknowledged(near), Is.Zero);
    }

    [Test]
    public void Close_of_what_is_not_open_is_an_error() =>
        Assert.That(_kernel.Calls.Close(-1), Is.EqualTo(-Errno.BadDescriptor));

    private static byte[] NameOf(int fd)
    {
        using System.Net.Sockets.SafeSocketHandle handle = new(fd, ownsHandle: false);
        using System.Net.Sockets.Socket socket = new(handle);
        return Addresses.Of(socket.LocalEndPoint!).Bytes.ToArray();
    }
}

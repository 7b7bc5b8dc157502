using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using Lure.Linux.Configuration;
using Lure.Linux.Kernel;
using Lure.Linux.Sockets;
using Lure.Linux.Tests.Kernel;
using NUnit.Framework;
using TcpListener = Lure.Linux.Sockets.TcpListener;

namespace Lure.Linux.Tests.Sockets;

internal sealed class TcpListenerTests
{
    private readonly List<int> _descriptors = [];

    [TearDown]
    public void Close()
    {
        _descriptors.ForEach(fd => _ = Libc.Close(fd));
        _descriptors.Clear();
    }

    [Test]
    public void All_workers_share_the_port_that_the_kernel_chose()
    {
        TcpListener opened = Open(Binds.Loopback(), workers: 3);
        int port = PrintedAddress.Port(opened.Address);

        Assert.That(opened.Descriptors, Has.Length.EqualTo(3).And.Unique);
        Assert.That(port, Is.GreaterThan(0));
        Assert.That(opened.Descriptors.Select(PortOf), Is.All.EqualTo(port));
    }

    [Test]
    public void Clients_reach_every_worker()
    {
        const int Clients = 64;
        TcpListener opened = Open(Binds.Loopback(), workers: 2);
        List<Socket> clients = [.. Enumerable.Range(0, Clients).Select(_ => Connect(opened))];
        using KernelUnderTest kernel = new();

        int[] taken = [.. opened.Descriptors.Select(listener => AcceptAll(kernel, listener))];

        clients.ForEach(client => client.Dispose());
        Assert.That(taken.Sum(), Is.EqualTo(Clients));
        Assert.That(taken, Is.All.Positive, "the kernel spreads clients by a hash, 1 in 2^63 times to one side only");
    }

    [Test]
    public void A_second_instance_is_refused([Values(1, 2)] int workers)
    {
        TcpListener opened = Open(Binds.Loopback(), workers);
        BindAddress same = Binds.Loopback(PrintedAddress.Port(opened.Address));

        TcpListener? second = TcpListener.Open(same, workers, hasIPv6: true, [], out ListenError? error);

        Assert.That(second, Is.Null);
        Assert.That(error?.Errno, Is.EqualTo("EADDRINUSE"));
        Assert.That(
            error!.Message,
            Does.Contain(same.Text).And.Contain("something listens there already").And.Contain("ss -ltnp")
        );
    }

    [Test]
    public void Of_two_instances_that_start_together_one_is_refused([Values(1, 2)] int workers)
    {
        // The rival has come as far as bind, which SO_REUSEADDR allows both before either listens.
        _ = SetUpSocket.Open(Core.Kernel.SocketAddress.FamilyIPv4, out SetUpSocket rival);
        _descriptors.Add(rival.Descriptor);
        _ = rival.Set(LinuxConstants.SocketLevel, LinuxConstants.OptionReuseAddress, 1);
        Assert.That(rival.Bind(Addresses.Loopback()), Is.Zero);
        _ = rival.Name(out Core.Kernel.SocketAddress address);

        _ = Open(Binds.Loopback(PrintedAddress.Port(address)), workers);

        Assert.That(rival.Listen(), Is.EqualTo(-Core.Kernel.Errno.AddressInUse));
    }

    [Test]
    public void A_bare_port_takes_both_families()
    {
        TcpListener opened = Open(Binds.Port(), workers: 2);
        int port = PrintedAddress.Port(opened.Address);
        using Socket four = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using Socket six = new(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);

        Assert.That(() => four.Connect(IPAddress.Loopback, port), Throws.Nothing);
        Assert.That(() => six.Connect(IPAddress.IPv6Loopback, port), Throws.Nothing);
        Assert.That(PrintedAddress.Of(opened.Address), Is.EqualTo($"[::]:{port}"));
    }

    [Test]
    public void A_bare_port_is_IPv4_alone_on_a_host_without_IPv6()
    {
        TcpListener? opened = TcpListener.Open(Binds.Port(), 2, hasIPv6: false, [], out ListenError? error);
        Assert.That(error, Is.Null);
        _descriptors.AddRange(opened!.Descriptors);
        int port = PrintedAddress.Port(opened.Address);
        using Socket four = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        Assert.That(PrintedAddress.Of(opened.Address), Is.EqualTo($"0.0.0.0:{port}"));
        Assert.That(() => four.Connect(IPAddress.Loopback, port), Throws.Nothing);
    }

    // A port of IPv6 alone may be another program's in IPv4, but hardly several in a row.
    [Test]
    [Retry(5)]
    public void An_IPv6_address_leaves_the_port_of_IPv4_alone()
    {
        TcpListener six = Open(new BindAddress("[::]:0", Addresses.Any(), false), workers: 1);
        int port = PrintedAddress.Port(six.Address);
        Core.Kernel.SocketAddress any = Addresses.Of(new IPEndPoint(IPAddress.Any, port));
        TcpListener four = Open(new BindAddress($"0.0.0.0:{port}", any, false), workers: 1);
        Assert.That(PrintedAddress.Of(four.Address), Is.EqualTo($"0.0.0.0:{port}"));
    }

    [Test]
    public void Clients_inherit_the_options()
    {
        TcpListener opened = Open(Binds.Loopback(), workers: 1);
        using Socket client = Connect(opened);
        using KernelUnderTest kernel = new();
        int accepted = kernel.Keep(kernel.Calls.Accept(opened.Descriptors[0], out _));

        Assert.That(SocketState.Options(accepted), Is.EqualTo(new SocketState(true, true, 60, 10, 6)));
    }

    [Test]
    public void An_address_of_another_host_is_refused_with_its_cause()
    {
        // 192.0.2.0/24 is for documentation (RFC 5737).
        Core.Kernel.SocketAddress foreign = Addresses.Of(IPEndPoint.Parse("192.0.2.77:7000"));
        Assert.That(
            TcpListener.Open(new BindAddress("192.0.2.77:7000", foreign, false), 2, true, [], out ListenError? error),
            Is.Null
        );
        Assert.That(error?.Errno, Is.EqualTo("EADDRNOTAVAIL"));
        Assert.That(error!.Cause, Does.Contain("no interface of this host"));
    }

    private TcpListener Open(BindAddress bind, int workers)
    {
        TcpListener? opened = TcpListener.Open(bind, workers, hasIPv6: true, [], out ListenError? error);
        Assert.That(error, Is.Null);
        _descriptors.AddRange(opened!.Descriptors);
        return opened;
    }

    private static Socket Connect(TcpListener listener)
    {
        Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(IPAddress.Loopback, PrintedAddress.Port(listener.Address));
        return client;
    }

    private static int AcceptAll(KernelUnderTest kernel, int listener)
    {
        int count = 0;
        while (kernel.Calls.Accept(listener, out _) is >= 0 and int fd)
        {
            _ = kernel.Calls.Close(fd);
            count++;
        }

        return count;
    }

    private static int PortOf(int fd)
    {
        using SafeSocketHandle handle = new(fd, ownsHandle: false);
        using Socket socket = new(handle);
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}

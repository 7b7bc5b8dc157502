using System;
using System.Net.Sockets;
using System.Text;
using Lure.Linux.Relay;
using Lure.Linux.Tests.Sockets;
using NUnit.Framework;

namespace Lure.Linux.Tests.Relay;

internal sealed class ServiceNotificationTests
{
    [Test]
    public void The_service_manager_gets_the_state_over_a_path_or_an_abstract_name([Values] bool isAbstract)
    {
        using TemporaryFolder folder = new();
        string name = isAbstract ? $"@lure-test-{Guid.NewGuid():N}" : folder["notify"];
        using Socket manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(isAbstract ? '\0' + name[1..] : name));
        manager.ReceiveTimeout = 10_000;
        byte[] datagram = new byte[64];

        Assert.That(ServiceNotification.TrySend(name, ServiceNotification.Ready), Is.True);
        int ready = manager.Receive(datagram);
        string first = Encoding.UTF8.GetString(datagram, 0, ready);
        Assert.That(ServiceNotification.TrySend(name, ServiceNotification.Stopping), Is.True);
        int stopping = manager.Receive(datagram);

        Assert.That(first, Is.EqualTo("READY=1"));
        Assert.That(Encoding.UTF8.GetString(datagram, 0, stopping), Is.EqualTo("STOPPING=1"));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("relative/path")]
    [TestCase("/nonexistent/notify")]
    [TestCase(
        "/0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678"
    )]
    public void Without_a_service_manager_nothing_happens(string? name) =>
        Assert.That(ServiceNotification.TrySend(name, ServiceNotification.Ready), Is.False);
}

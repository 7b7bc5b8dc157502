using System.Net;
using Lure.Linux.Sockets;
using Lure.Linux.Tests.Kernel;
using NUnit.Framework;

namespace Lure.Linux.Tests.Sockets;

internal sealed class AddressTextTests
{
    [TestCase("127.0.0.1:80", "127.0.0.1:80")]
    [TestCase("[::1]:7000", "[::1]:7000")]
    [TestCase("[::ffff:10.0.0.7]:65535", "10.0.0.7:65535")]
    [TestCase("[fe80::1%3]:1", "[fe80::1%3]:1")]
    public void Internet_addresses_are_written_as_usual(string point, string text) =>
        Assert.That(AddressText.Of(Addresses.Of(IPEndPoint.Parse(point))), Is.EqualTo(text));

    [TestCase("/run/lure.sock", "unix:/run/lure.sock")]
    [TestCase("@lure", "unix:@lure")]
    public void Unix_addresses_are_written_as_in_a_configuration(string name, string text) =>
        Assert.That(AddressText.Of(Addresses.Unix(name)), Is.EqualTo(text));

    [Test]
    public void An_unnamed_client_has_no_more_than_its_family() =>
        Assert.That(AddressText.Of(Core.Kernel.SocketAddress.From([1, 0])), Is.EqualTo("unix:"));
}

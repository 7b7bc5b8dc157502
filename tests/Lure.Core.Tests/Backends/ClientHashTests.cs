using System;
using Lure.Core.Backends;
using Lure.Core.Kernel;
using Lure.Core.Records;
using Lure.Sim;
using NUnit.Framework;

namespace Lure.Core.Tests.Backends;

/// <summary>Whoever comes from one address is sent to one server, over whatever socket and from whatever port.</summary>
[TestFixture]
internal sealed class ClientHashTests
{
    [Test]
    public void The_port_takes_no_part()
    {
        Assert.That(Of(FakeAddress.IPv4(1)), Is.EqualTo(Of(FakeAddress.IPv4(60_000))));
        Assert.That(Of(FakeAddress.IPv6(1)), Is.EqualTo(Of(FakeAddress.IPv6(60_000))));
    }

    [Test]
    public void An_IPv4_client_is_the_same_over_an_IPv6_socket() =>
        Assert.That(Of(IPv6(0, 0xFFFF_7F00_0001)), Is.EqualTo(Of(FakeAddress.IPv4(1))));

    [Test]
    public void What_only_looks_mapped_is_not()
    {
        Assert.That(Of(IPv6(0, 0x1_FFFF_7F00_0001)), Is.Not.EqualTo(Of(FakeAddress.IPv4(1))));
        Assert.That(Of(IPv6(1, 0xFFFF_7F00_0001)), Is.Not.EqualTo(Of(FakeAddress.IPv4(1))));
    }

    [Test]
    public void Each_half_of_an_IPv6_address_counts()
    {
        Assert.That(Of(IPv6(1, 2)), Is.Not.EqualTo(Of(IPv6(1, 3))));
        Assert.That(Of(IPv6(1, 2)), Is.Not.EqualTo(Of(IPv6(2, 2))));
        Assert.That(Of(IPv6(1, 2)), Is.Not.EqualTo(Of(IPv6(2, 1))));
    }

    [Test]
    public void Unix_clients_are_all_one() =>
        Assert.That(Of(FakeAddress.UnnamedUnix()), Is.EqualTo(Of(FakeAddress.Unix(3))));

    private static ulong Of(in SocketAddress address) => ClientHash.Of(ClientAddress.From(address));

    private static SocketAddress IPv6(ulong high, ulong low)
    {
        byte[] bytes = FakeAddress.IPv6(9).Bytes.ToArray();
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), high);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(16), low);
        return SocketAddress.From(bytes);
    }
}

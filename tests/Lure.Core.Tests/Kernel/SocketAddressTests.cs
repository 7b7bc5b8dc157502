using Lure.Core.Kernel;
using NUnit.Framework;

namespace Lure.Core.Tests.Kernel;

internal sealed class SocketAddressTests
{
    /// <summary>accept(2) and getsockname(2) answer with a length; what was there before it is none of theirs.</summary>
    [Test]
    public void An_address_too_short_for_a_family_has_none()
    {
        SocketAddress address = new() { Length = 2 };
        address.Buffer[0] = (byte)SocketAddress.FamilyIPv4;
        Assert.That(address.Family, Is.EqualTo(SocketAddress.FamilyIPv4));
        address.Length = 1;
        Assert.That(address.Family, Is.Zero);
    }
}

using System.Net;
using System.Net.Sockets;
using SocketAddress = Lure.Core.Kernel.SocketAddress;

namespace Lure.Linux.Tests.Kernel;

/// <summary>Addresses for tests, in the bytes of the kernel.</summary>
internal static class Addresses
{
    /// <summary>127.0.0.1.</summary>
    public static SocketAddress Loopback(int port = 0) => Of(new IPEndPoint(IPAddress.Loopback, port));

    /// <summary>[::1].</summary>
    public static SocketAddress LoopbackIPv6(int port = 0) => Of(new IPEndPoint(IPAddress.IPv6Loopback, port));

    /// <summary>[::].</summary>
    public static SocketAddress Any(int port = 0) => Of(new IPEndPoint(IPAddress.IPv6Any, port));

    /// <summary>A path, or <c>@name</c>.</summary>
    public static SocketAddress Unix(string name) =>
        Of(new UnixDomainSocketEndPoint(name[0] == '@' ? '\0' + name[1..] : name));

    public static SocketAddress Of(EndPoint point)
    {
        System.Net.SocketAddress bytes = point.Serialize();
        return SocketAddress.From(bytes.Buffer.Span[..bytes.Size]);
    }
}

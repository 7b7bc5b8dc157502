using System.Net;
using System.Net.Sockets;
using SocketAddress = Lure.Core.Kernel.SocketAddress;

namespace Lure.Linux.Configuration;

/// <summary>The bytes of addresses, as .NET's own end points write them for the same calls.</summary>
internal static class SocketAddresses
{
    public static SocketAddress Of(IPAddress address, int port) => Of(new IPEndPoint(address, port));

    /// <param name="path">Absolute, or a name in the abstract namespace that begins with '@'.</param>
    public static SocketAddress OfUnix(string path) =>
        Of(new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path));

    private static SocketAddress Of(EndPoint endPoint)
    {
        System.Net.SocketAddress bytes = endPoint.Serialize();
        return SocketAddress.From(bytes.Buffer.Span[..bytes.Size]);
    }
}

using System.Collections.Immutable;
using Lure.Linux.Configuration;
using Lure.Linux.Tests.Kernel;

namespace Lure.Linux.Tests.Sockets;

/// <summary>What a configuration would say.</summary>
internal static class Binds
{
    public static BindAddress Loopback(int port = 0) => new($"127.0.0.1:{port}", Addresses.Loopback(port), false);

    public static BindAddress LoopbackIPv6(int port = 0) => new($"[::1]:{port}", Addresses.LoopbackIPv6(port), false);

    /// <summary>A bare port.</summary>
    public static BindAddress Port(int port = 0) => new($":{port}", Addresses.Any(port), true);

    public static BindAddress Unix(string name) => new($"unix:{name}", Addresses.Unix(name), false);

    public static ImmutableArray<ListenSettings> Listener(params ImmutableArray<BindAddress> binds) =>
        [new ListenSettings("test", binds, 0, 0b110_110_000)];
}

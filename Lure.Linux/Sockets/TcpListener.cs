using System.Collections.Generic;
using System.Collections.Immutable;
using Lure.Core.Kernel;
using Lure.Linux.Configuration;
using Lure.Linux.Kernel;

namespace Lure.Linux.Sockets;

/// <summary>One TCP address with a listening socket for each worker (SO_REUSEPORT, socket(7)).</summary>
/// <param name="Address">With the real port.</param>
/// <param name="Descriptors">By worker.</param>
internal sealed record TcpListener(SocketAddress Address, ImmutableArray<int> Descriptors)
{
    private const int IPv4Length = 16;
    private const int KeepAliveIdleSeconds = 60;
    private const int KeepAliveIntervalSeconds = 10;
    private const int KeepAliveProbes = 6;

    /// <param name="bind">Where.</param>
    /// <param name="workers">How many sockets.</param>
    /// <param name="hasIPv6">Whether the host has it; a bare port is IPv4 alone if not.</param>
    /// <param name="steerTo">By worker, the CPU whose clients it gets; empty to let the kernel hash.</param>
    /// <param name="error">Why it did not work.</param>
    /// <returns>Null on an error.</returns>
    public static TcpListener? Open(
        BindAddress bind,
        int workers,
        bool hasIPv6,
        ImmutableArray<int?> steerTo,
        out ListenError? error
    )
    {
        bool bothFamilies = bind.AnyFamily && hasIPv6;
        SocketAddress address = bind.AnyFamily && !hasIPv6 ? AnyIPv4(bind.Address) : bind.Address;
        List<int> descriptors = new(workers);
        int result = OpenAll(ref address, bothFamilies, workers, descriptors);
        // A socket alone is no group, and there is nothing to choose.
        if (result == 0 && workers > 1 && !steerTo.IsDefaultOrEmpty)
        {
            result = CpuSteering.Attach(descriptors[0], CpuSteering.Program(steerTo));
        }

        if (result < 0)
        {
            descriptors.ForEach(fd => _ = Libc.Close(fd));
            error = ListenError.Tcp(bind.Text, address, -result);
            return null;
        }

        error = null;
        return new TcpListener(address, [.. descriptors]);
    }

    /// <summary>False where the kernel was started without IPv6 (ipv6.disable=1): no such socket can be made.</summary>
    public static bool HostHasIPv6()
    {
        int result = SetUpSocket.Open(SocketAddress.FamilyIPv6, out SetUpSocket socket);
        if (result == 0)
        {
            socket.Close();
        }

        return result != -Errno.AddressFamilyNotSupported;
    }

    private static int OpenAll(ref SocketAddress address, bool bothFamilies, int workers, List<int> descriptors)
    {
        for (int worker = 0; worker < workers; worker++)
        {
            int result = SetUpSocket.Open(address.Family, out SetUpSocket socket);
            if (result < 0)
            {
                return result;
            }

            descriptors.Add(socket.Descriptor);
            if ((result = SetOptions(socket, address.Family, bothFamilies)) < 0)
            {
                return result;
            }

            result = worker == 0 ? ListenFirst(socket, ref address) : ListenBesides(socket, address);
            if (result < 0)
            {
                return result;
            }
        }

        return 0;
    }

    /// <summary>
    /// Binds and listens before SO_REUSEPORT is set. With the option set first, as is usual, a
    /// second instance joins the group and gets a part of the clients. To set it between bind and
    /// listen is not enough: SO_REUSEADDR lets two sockets bind that do not listen yet, so two
    /// instances that start together would both pass. As it is, one of them fails in bind or listen
    /// with EADDRINUSE. The sockets that follow make the group, and this one becomes a member.
    /// </summary>
    private static int ListenFirst(SetUpSocket socket, ref SocketAddress address)
    {
        int result = socket.Bind(address);
        if (result < 0 || (result = socket.Listen()) < 0)
        {
            return result;
        }

        result = socket.Set(LinuxConstants.SocketLevel, LinuxConstants.OptionReusePort, 1);
        if (result < 0 || (result = socket.Name(out SocketAddress bound)) < 0)
        {
            return result;
        }

        address = bound;
        return 0;
    }

    private static int ListenBesides(SetUpSocket socket, in SocketAddress address)
    {
        int result = socket.Set(LinuxConstants.SocketLevel, LinuxConstants.OptionReusePort, 1);
        if (result < 0 || (result = socket.Bind(address)) < 0)
        {
            return result;
        }

        return socket.Listen();
    }

    /// <summary>
    /// What every accepted socket inherits, so that none of it costs a call per client. There is no
    /// TCP_USER_TIMEOUT: it takes the place of the probe count, and it also ends a live peer that
    /// only does not read for a while (zero window).
    /// </summary>
    private static int SetOptions(SetUpSocket socket, ushort family, bool bothFamilies)
    {
        // After a restart, connections of the last run may still be in TIME_WAIT on this port.
        int result = socket.Set(LinuxConstants.SocketLevel, LinuxConstants.OptionReuseAddress, 1);
        if (result == 0 && family == SocketAddress.FamilyIPv6)
        {
            // Said in either case: the default is a sysctl (net.ipv6.bindv6only).
            result = socket.Set(LinuxConstants.IPv6Level, LinuxConstants.IPv6Only, bothFamilies ? 0 : 1);
        }

        ImmutableArray<(int Level, int Name, int Value)> inherited =
        [
            (LinuxConstants.TcpLevel, LinuxConstants.TcpNoDelay, 1),
            (LinuxConstants.SocketLevel, LinuxConstants.OptionKeepAlive, 1),
            (LinuxConstants.TcpLevel, LinuxConstants.TcpKeepIdle, KeepAliveIdleSeconds),
            (LinuxConstants.TcpLevel, LinuxConstants.TcpKeepInterval, KeepAliveIntervalSeconds),
            (LinuxConstants.TcpLevel, LinuxConstants.TcpKeepCount, KeepAliveProbes),
        ];
        foreach ((int level, int name, int value) in inherited)
        {
            result = result < 0 ? result : socket.Set(level, name, value);
        }

        return result;
    }

    /// <summary>0.0.0.0 with the port of another address.</summary>
    private static SocketAddress AnyIPv4(in SocketAddress address)
    {
        SocketAddress any = default;
        any.Buffer[0] = (byte)SocketAddress.FamilyIPv4;
        address.Bytes.Slice(2, 2).CopyTo(any.Buffer[2..]);
        any.Length = IPv4Length;
        return any;
    }
}

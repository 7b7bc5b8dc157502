using System.Buffers.Binary;
using Lure.Core.Kernel;
using Lure.Linux.Relay;

namespace Lure.Linux.Sockets;

/// <summary>An address that cannot be listened on.</summary>
/// <param name="Address">As the user wrote it.</param>
/// <param name="Errno">The name of the error number, for looking it up.</param>
/// <param name="Cause">What is wrong.</param>
/// <param name="Cure">What to do about it.</param>
internal sealed record ListenError(string Address, string Errno, string Cause, string Cure) : StartError(Cause, Cure)
{
    private const int FirstUnprivilegedPort = 1024;

    /// <inheritdoc/>
    public override string Message => $"cannot listen on {Address}: {Cause} ({Errno}); {Cure}";

    /// <param name="text">As the user wrote it.</param>
    /// <param name="address">What was bound.</param>
    /// <param name="errno">Positive, of socket(2), bind(2) or listen(2); see ip(7), ipv6(7).</param>
    public static ListenError Tcp(string text, in SocketAddress address, int errno)
    {
        int port = BinaryPrimitives.ReadUInt16BigEndian(address.Bytes[2..]);
        (string cause, string cure) = errno switch
        {
            Core.Kernel.Errno.AddressInUse => (
                "something listens there already, perhaps another lure",
                $"stop it (ss -ltnp 'sport = :{port}' shows it) or choose another port"
            ),
            Core.Kernel.Errno.AccessDenied or Core.Kernel.Errno.NotPermitted when port < FirstUnprivilegedPort => (
                $"port {port} is reserved: those below {FirstUnprivilegedPort} need the capability CAP_NET_BIND_SERVICE",
                "start lure as a service with AmbientCapabilities=CAP_NET_BIND_SERVICE or choose a higher port"
            ),
            Core.Kernel.Errno.AccessDenied or Core.Kernel.Errno.NotPermitted => (
                "a security policy of this host forbids it",
                "allow the port in SELinux, AppArmor or the service's SocketBindAllow"
            ),
            Core.Kernel.Errno.AddressNotAvailable => (
                "no interface of this host has this address",
                "use an address that `ip address` lists, or only a port for all of them"
            ),
            Core.Kernel.Errno.AddressFamilyNotSupported => (
                "this host has no IPv6",
                "use an IPv4 address, or only a port for what the host has"
            ),
            Core.Kernel.Errno.Invalid => (
                "the kernel does not take this address",
                "a link-local address needs its interface, as in [fe80::1%eth0]:7000"
            ),
            _ => OfProcess(errno),
        };
        return new ListenError(text, ErrnoName.Of(errno), cause, cure);
    }

    /// <inheritdoc cref="Tcp"/>
    public static ListenError Unix(string text, int errno)
    {
        (string cause, string cure) = errno switch
        {
            Core.Kernel.Errno.AddressInUse => (
                "a live server answers there, perhaps another lure",
                "stop it (ss -lxp shows it) or choose another name"
            ),
            Core.Kernel.Errno.Exists => (
                "there is a file that is not a socket",
                "move it away or choose another path; lure removes nothing but dead sockets"
            ),
            Core.Kernel.Errno.NoEntry => ("its directory does not exist", "create the directory"),
            Core.Kernel.Errno.AccessDenied or Core.Kernel.Errno.NotPermitted => (
                "no permission to create, replace or try the socket there",
                "give lure's user write access to the directory, and to the socket if one is there already"
            ),
            Core.Kernel.Errno.Invalid => (
                "the path is empty or too long: a unix socket's has at most 107 bytes",
                "use a shorter path"
            ),
            _ => OfProcess(errno),
        };
        return new ListenError(text, ErrnoName.Of(errno), cause, cure);
    }

    private static (string Cause, string Cure) OfProcess(int errno) =>
        errno switch
        {
            Core.Kernel.Errno.TooManyFiles => (
                "the process has no descriptor left",
                "raise LimitNOFILE of the service (ulimit -n) or lower the number of workers"
            ),
            Core.Kernel.Errno.TooManySystemFiles => ("the host has no descriptor left", "raise fs.file-max"),
            Core.Kernel.Errno.NoMemory or Core.Kernel.Errno.NoBuffers => (
                "the kernel has no memory for a socket",
                "free memory or raise the service's MemoryMax"
            ),
            _ => ("the kernel refused it", "see bind(2) and listen(2) for this error"),
        };
}

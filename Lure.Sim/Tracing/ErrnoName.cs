using System.Globalization;
using Lure.Core.Kernel;

namespace Lure.Sim.Tracing;

/// <summary>Results as errno(3) spells them.</summary>
internal static class ErrnoName
{
    public static string OfResult(long result) =>
        result >= 0 ? result.ToString(CultureInfo.InvariantCulture) : "-" + Of((int)-result);

    public static string Of(int error) =>
        error switch
        {
            Errno.NotPermitted => "EPERM",
            Errno.NoEntry => "ENOENT",
            Errno.Interrupted => "EINTR",
            Errno.InputOutput => "EIO",
            Errno.BadDescriptor => "EBADF",
            Errno.Again => "EAGAIN",
            Errno.NoMemory => "ENOMEM",
            Errno.AccessDenied => "EACCES",
            Errno.Exists => "EEXIST",
            Errno.Invalid => "EINVAL",
            Errno.TooManySystemFiles => "ENFILE",
            Errno.TooManyFiles => "EMFILE",
            Errno.NoSpace => "ENOSPC",
            Errno.BrokenPipe => "EPIPE",
            Errno.NoSystemCall => "ENOSYS",
            Errno.NotOnNetwork => "ENONET",
            Errno.Protocol => "EPROTO",
            Errno.NotSocket => "ENOTSOCK",
            Errno.NoProtocolOption => "ENOPROTOOPT",
            Errno.NotSupported => "EOPNOTSUPP",
            Errno.AddressFamilyNotSupported => "EAFNOSUPPORT",
            Errno.AddressInUse => "EADDRINUSE",
            Errno.AddressNotAvailable => "EADDRNOTAVAIL",
            Errno.NetworkDown => "ENETDOWN",
            Errno.NetworkUnreachable => "ENETUNREACH",
            Errno.ConnectionAborted => "ECONNABORTED",
            Errno.ConnectionReset => "ECONNRESET",
            Errno.NoBuffers => "ENOBUFS",
            Errno.AlreadyConnected => "EISCONN",
            Errno.NotConnected => "ENOTCONN",
            Errno.TimedOut => "ETIMEDOUT",
            Errno.ConnectionRefused => "ECONNREFUSED",
            Errno.HostDown => "EHOSTDOWN",
            Errno.HostUnreachable => "EHOSTUNREACH",
            Errno.AlreadyInProgress => "EALREADY",
            Errno.InProgress => "EINPROGRESS",
            _ => "E" + error.ToString(CultureInfo.InvariantCulture),
        };
}

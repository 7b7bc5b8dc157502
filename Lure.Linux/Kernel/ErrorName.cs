using System.Globalization;
using Lure.Core.Kernel;

namespace Lure.Linux.Kernel;

/// <summary>The names of error numbers as manuals and other tools print them.</summary>
internal static class ErrorName
{
    private const int NameTooLong = 36;
    private const int NotDirectory = 20;
    private const int IsDirectory = 21;
    private const int ReadOnlyFileSystem = 30;
    private const int OutOfRange = 34;

    /// <param name="errno">Positive.</param>
    public static string Of(int errno) =>
        errno switch
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
            NotDirectory => "ENOTDIR",
            IsDirectory => "EISDIR",
            Errno.Invalid => "EINVAL",
            Errno.TooManySystemFiles => "ENFILE",
            Errno.TooManyFiles => "EMFILE",
            Errno.NoSpace => "ENOSPC",
            ReadOnlyFileSystem => "EROFS",
            Errno.BrokenPipe => "EPIPE",
            OutOfRange => "ERANGE",
            NameTooLong => "ENAMETOOLONG",
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
            _ => string.Create(CultureInfo.InvariantCulture, $"errno {errno}"),
        };
}

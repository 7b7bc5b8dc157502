using System;
using Lure.Core.Kernel;

namespace Lure.Sim.Checking;

/// <summary>
/// The numbers that the loop and the fake kernel share, held to those of Linux. The two could not tell a wrong
/// one: both would be wrong in the same way.
/// </summary>
internal static class KernelNumbers
{
    /// <summary>The first that is not as Linux has it; null for none.</summary>
    public static string? Wrong { get; } = FindWrong();

    private static string? FindWrong()
    {
        ReadOnlySpan<(string Name, uint Ours, uint Linux)> numbers =
        [
            ("EPOLLIN", (uint)Readiness.In, 0x001),
            ("EPOLLPRI", (uint)Readiness.Urgent, 0x002),
            ("EPOLLOUT", (uint)Readiness.Out, 0x004),
            ("EPOLLERR", (uint)Readiness.Error, 0x008),
            ("EPOLLHUP", (uint)Readiness.HangUp, 0x010),
            ("EPOLLRDHUP", (uint)Readiness.ReadHangUp, 0x2000),
            ("a connection's interest", (uint)Interest.Connection, 0x8000_2007),
            ("a listener's interest", (uint)Interest.Listener, 0x001),
            ("a shared listener's interest", (uint)Interest.SharedListener, 0x1000_0001),
            ("EPERM", Errno.NotPermitted, 1),
            ("EINTR", Errno.Interrupted, 4),
            ("EIO", Errno.InputOutput, 5),
            ("EBADF", Errno.BadDescriptor, 9),
            ("EAGAIN", Errno.Again, 11),
            ("ENOMEM", Errno.NoMemory, 12),
            ("EACCES", Errno.AccessDenied, 13),
            ("EEXIST", Errno.Exists, 17),
            ("EINVAL", Errno.Invalid, 22),
            ("ENFILE", Errno.TooManySystemFiles, 23),
            ("EMFILE", Errno.TooManyFiles, 24),
            ("ENOSPC", Errno.NoSpace, 28),
            ("EPIPE", Errno.BrokenPipe, 32),
            ("ENONET", Errno.NotOnNetwork, 64),
            ("EPROTO", Errno.Protocol, 71),
            ("ENOTSOCK", Errno.NotSocket, 88),
            ("ENOPROTOOPT", Errno.NoProtocolOption, 92),
            ("EOPNOTSUPP", Errno.NotSupported, 95),
            ("EAFNOSUPPORT", Errno.AddressFamilyNotSupported, 97),
            ("EADDRINUSE", Errno.AddressInUse, 98),
            ("EADDRNOTAVAIL", Errno.AddressNotAvailable, 99),
            ("ENETDOWN", Errno.NetworkDown, 100),
            ("ENETUNREACH", Errno.NetworkUnreachable, 101),
            ("ECONNABORTED", Errno.ConnectionAborted, 103),
            ("ECONNRESET", Errno.ConnectionReset, 104),
            ("ENOBUFS", Errno.NoBuffers, 105),
            ("EISCONN", Errno.AlreadyConnected, 106),
            ("ENOTCONN", Errno.NotConnected, 107),
            ("ETIMEDOUT", Errno.TimedOut, 110),
            ("ECONNREFUSED", Errno.ConnectionRefused, 111),
            ("EHOSTDOWN", Errno.HostDown, 112),
            ("EHOSTUNREACH", Errno.HostUnreachable, 113),
            ("EALREADY", Errno.AlreadyInProgress, 114),
            ("EINPROGRESS", Errno.InProgress, 115),
        ];
        foreach ((string name, uint ours, uint linux) in numbers)
        {
            if (ours != linux)
            {
                return $"{name} is 0x{linux:x}, not 0x{ours:x}";
            }
        }

        return null;
    }
}

using System;
using System.Globalization;
using System.Text;

namespace Lure.Core.Kernel;

/// <summary>
/// The names of error numbers, as asm-generic/errno.h has them (x86-64, arm64). An own table:
/// strerrorname_np(3) needs glibc 2.32, and a program that links it does not start with an older one.
/// </summary>
public static class ErrnoName
{
    /// <summary>The name, or empty for a number that no call of a relay returns.</summary>
    public static ReadOnlySpan<byte> Utf8(int errno) => errno < 64 ? OfGeneral(errno) : OfNetwork(errno);

    /// <summary>The name, or the number for one that no call of a relay returns.</summary>
    public static string Of(int errno)
    {
        ReadOnlySpan<byte> name = Utf8(errno);
        return name.IsEmpty
            ? string.Create(CultureInfo.InvariantCulture, $"errno {errno}")
            : Encoding.ASCII.GetString(name);
    }

    /// <summary>The answer of a call: a count, or the name of the errno after a minus.</summary>
    public static string OfResult(long result) =>
        result >= 0 ? result.ToString(CultureInfo.InvariantCulture) : "-" + Of((int)-result);

    private static ReadOnlySpan<byte> OfGeneral(int errno) =>
        errno switch
        {
            1 => "EPERM"u8,
            2 => "ENOENT"u8,
            4 => "EINTR"u8,
            5 => "EIO"u8,
            6 => "ENXIO"u8,
            9 => "EBADF"u8,
            11 => "EAGAIN"u8,
            12 => "ENOMEM"u8,
            13 => "EACCES"u8,
            14 => "EFAULT"u8,
            16 => "EBUSY"u8,
            17 => "EEXIST"u8,
            20 => "ENOTDIR"u8,
            21 => "EISDIR"u8,
            22 => "EINVAL"u8,
            23 => "ENFILE"u8,
            24 => "EMFILE"u8,
            27 => "EFBIG"u8,
            28 => "ENOSPC"u8,
            30 => "EROFS"u8,
            32 => "EPIPE"u8,
            34 => "ERANGE"u8,
            36 => "ENAMETOOLONG"u8,
            38 => "ENOSYS"u8,
            40 => "ELOOP"u8,
            61 => "ENODATA"u8,
            62 => "ETIME"u8,
            _ => default,
        };

    private static ReadOnlySpan<byte> OfNetwork(int errno) =>
        errno switch
        {
            64 => "ENONET"u8,
            71 => "EPROTO"u8,
            75 => "EOVERFLOW"u8,
            88 => "ENOTSOCK"u8,
            89 => "EDESTADDRREQ"u8,
            90 => "EMSGSIZE"u8,
            91 => "EPROTOTYPE"u8,
            92 => "ENOPROTOOPT"u8,
            93 => "EPROTONOSUPPORT"u8,
            94 => "ESOCKTNOSUPPORT"u8,
            95 => "EOPNOTSUPP"u8,
            97 => "EAFNOSUPPORT"u8,
            98 => "EADDRINUSE"u8,
            99 => "EADDRNOTAVAIL"u8,
            100 => "ENETDOWN"u8,
            101 => "ENETUNREACH"u8,
            102 => "ENETRESET"u8,
            103 => "ECONNABORTED"u8,
            104 => "ECONNRESET"u8,
            105 => "ENOBUFS"u8,
            106 => "EISCONN"u8,
            107 => "ENOTCONN"u8,
            108 => "ESHUTDOWN"u8,
            110 => "ETIMEDOUT"u8,
            111 => "ECONNREFUSED"u8,
            112 => "EHOSTDOWN"u8,
            113 => "EHOSTUNREACH"u8,
            114 => "EALREADY"u8,
            115 => "EINPROGRESS"u8,
            122 => "EDQUOT"u8,
            125 => "ECANCELED"u8,
            _ => default,
        };
}

using System.Runtime.InteropServices;
using Lure.Linux.Kernel;

namespace Lure.Linux.Conformance;

/// <summary>The calls of the sockets API that the loop has no use for. None of them blocks here.</summary>
internal static unsafe class SocketCalls
{
    private const string Library = "libc";

    [DllImport(Library, EntryPoint = "bind")]
    [SuppressGCTransition]
    internal static extern int Bind(int fd, byte* address, uint length);

    [DllImport(Library, EntryPoint = "listen")]
    [SuppressGCTransition]
    internal static extern int Listen(int fd, int backlog);

    [DllImport(Library, EntryPoint = "getpeername")]
    [SuppressGCTransition]
    internal static extern int GetPeerName(int fd, byte* address, uint* length);

    [DllImport(Library, EntryPoint = "dup")]
    [SuppressGCTransition]
    internal static extern int Duplicate(int fd);

    [DllImport(Library, EntryPoint = "fcntl")]
    [SuppressGCTransition]
    internal static extern int FileControl(int fd, int command, nint argument);

    [DllImport(Library, EntryPoint = "epoll_create1")]
    [SuppressGCTransition]
    internal static extern int MakeEpoll(int flags);

    [DllImport(Library, EntryPoint = "sendmsg")]
    [SuppressGCTransition]
    internal static extern nint SendMessage(int fd, MessageHeader* message, int flags);

    /// <summary>With a timeout of 0 only.</summary>
    [DllImport(Library, EntryPoint = "poll")]
    [SuppressGCTransition]
    internal static extern int Poll(PollRequest* requests, nuint count, int timeout);
}

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollRequest
{
    public int Fd;
    public short Events;
    public short Reported;
}

/// <summary>struct cmsghdr with a descriptor behind it (cmsg(3), SCM_RIGHTS of unix(7)).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PassedDescriptor
{
    /// <summary>Bytes, without those that only align.</summary>
    public const int Used = 20;

    public nuint Length;
    public int Level;
    public int Type;
    public int Fd;
}

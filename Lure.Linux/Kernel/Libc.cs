using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lure.Core.Kernel;

// Only blittable types cross the border, so a call needs no stub that copies or converts.
[assembly: DisableRuntimeMarshalling]
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Lure.Linux.Kernel;

/// <summary>
/// The calls of the loop, and those that Tmds.LibC lacks. Everything else goes through Tmds.LibC.
/// </summary>
/// <remarks>
/// <para>
/// A call that cannot block keeps the thread in its managed state: 5 to 10 ns less than the usual
/// change there and back, and errno can be read in the next statement, because nothing of the
/// runtime runs in between. A call that can block must not be made so: it would hold up every
/// garbage collection of the process until it returns.
/// </para>
/// <para>
/// SetLastError was rejected: it clears and copies errno around every call, failed or not, and does
/// not exist without the marshalling that is switched off here.
/// </para>
/// </remarks>
internal static unsafe class Libc
{
    private const string Library = "libc";

    [DllImport(Library, EntryPoint = "__errno_location")]
    [SuppressGCTransition]
    internal static extern int* ErrnoLocation();

    [DllImport(Library, EntryPoint = "recv")]
    [SuppressGCTransition]
    internal static extern nint Receive(int fd, byte* buffer, nuint length, int flags);

    [DllImport(Library, EntryPoint = "send")]
    [SuppressGCTransition]
    internal static extern nint Send(int fd, byte* buffer, nuint length, int flags);

    [DllImport(Library, EntryPoint = "readv")]
    [SuppressGCTransition]
    internal static extern nint ReadVector(int fd, IoVector* vectors, int count);

    [DllImport(Library, EntryPoint = "writev")]
    [SuppressGCTransition]
    internal static extern nint WriteVector(int fd, IoVector* vectors, int count);

    [DllImport(Library, EntryPoint = "splice")]
    [SuppressGCTransition]
    internal static extern nint Splice(int from, long* fromOffset, int to, long* toOffset, nuint length, uint flags);

    [DllImport(Library, EntryPoint = "accept4")]
    [SuppressGCTransition]
    internal static extern int Accept(int listener, byte* address, uint* length, int flags);

    [DllImport(Library, EntryPoint = "getsockname")]
    [SuppressGCTransition]
    internal static extern int GetSocketName(int fd, byte* address, uint* length);

    [DllImport(Library, EntryPoint = "socket")]
    [SuppressGCTransition]
    internal static extern int Socket(int family, int type, int protocol);

    [DllImport(Library, EntryPoint = "connect")]
    [SuppressGCTransition]
    internal static extern int Connect(int fd, byte* address, uint length);

    [DllImport(Library, EntryPoint = "getsockopt")]
    [SuppressGCTransition]
    internal static extern int GetOption(int fd, int level, int name, void* value, uint* length);

    [DllImport(Library, EntryPoint = "setsockopt")]
    [SuppressGCTransition]
    internal static extern int SetOption(int fd, int level, int name, void* value, uint length);

    [DllImport(Library, EntryPoint = "shutdown")]
    [SuppressGCTransition]
    internal static extern int Shutdown(int fd, int how);

    [DllImport(Library, EntryPoint = "close")]
    [SuppressGCTransition]
    internal static extern int Close(int fd);

    [DllImport(Library, EntryPoint = "ioctl")]
    [SuppressGCTransition]
    internal static extern int Control(int fd, nuint request, void* argument);

    [DllImport(Library, EntryPoint = "pipe2")]
    [SuppressGCTransition]
    internal static extern int Pipe(int* ends, int flags);

    /// <summary>For eventfds that count and never fill: a write to one cannot block.</summary>
    [DllImport(Library, EntryPoint = "write")]
    [SuppressGCTransition]
    internal static extern nint WriteNow(int fd, void* buffer, nuint length);

    [DllImport(Library, EntryPoint = "clock_gettime")]
    [SuppressGCTransition]
    internal static extern int GetTime(int clock, TimeSpecification* time);

    [DllImport(Library, EntryPoint = "epoll_ctl")]
    [SuppressGCTransition]
    internal static extern int EpollControl(int epoll, int operation, int fd, KernelEvent* registration);

    /// <summary>With a timeout of 0 only.</summary>
    [DllImport(Library, EntryPoint = "epoll_wait")]
    [SuppressGCTransition]
    internal static extern int EpollPoll(int epoll, KernelEvent* events, int count, int timeout);

    /// <summary>May block for <paramref name="timeout"/> ms, or without end for -1.</summary>
    [DllImport(Library, EntryPoint = "epoll_wait")]
    internal static extern int EpollWait(int epoll, KernelEvent* events, int count, int timeout);

    [DllImport(Library, EntryPoint = "getrlimit")]
    internal static extern int GetResourceLimit(int resource, ResourceLimit* limit);

    [DllImport(Library, EntryPoint = "setrlimit")]
    internal static extern int SetResourceLimit(int resource, ResourceLimit* limit);

    /// <summary>May block until another process gives its lock back.</summary>
    [DllImport(Library, EntryPoint = "flock")]
    internal static extern int Lock(int fd, int operation);

    /// <summary>Up to 256 bytes come whole and at once, when the kernel has been up for a moment.</summary>
    [DllImport(Library, EntryPoint = "getrandom")]
    internal static extern nint GetRandom(void* buffer, nuint length, uint flags);

    /// <summary>syscall(2), for mbind(2): libc has no function for it, libnuma would be one more library to install.</summary>
    [DllImport(Library, EntryPoint = "syscall")]
    internal static extern nint SystemCall(nint number, nint a, nint b, nint c, nint d, nint e, nint f);

    /// <summary>syscall(2), for io_uring_enter(2). Waiting for nothing: it must not block.</summary>
    [DllImport(Library, EntryPoint = "syscall")]
    [SuppressGCTransition]
    internal static extern nint EnterRing(
        nint number,
        nint ring,
        nint submit,
        nint waitFor,
        nint flags,
        void* signals,
        nint size
    );
}

/// <summary>struct timespec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeSpecification
{
    public long Seconds;
    public long Nanoseconds;
}

/// <summary>struct rlimit.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResourceLimit
{
    public ulong Soft;
    public ulong Hard;
}

/// <summary>struct linger.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Linger
{
    public int OnOff;
    public int Seconds;
}

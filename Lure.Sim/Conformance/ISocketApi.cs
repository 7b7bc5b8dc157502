using System;
using Lure.Core.Kernel;

namespace Lure.Sim.Conformance;

/// <summary>
/// The sockets API as any program sees it: all that one thread can do to stream sockets, pipes and
/// epolls without blocking. Wider than the loop's seam (<see cref="ISyscalls"/>), for whoever stands
/// on the other side of the loop's connections, and for holding the fake kernel to the real one.
/// </summary>
/// <remarks>
/// <para>
/// Every call answers with a count (or 0, or a mask, or a descriptor), or with minus errno. Sockets
/// and pipes are non-blocking, and no call raises SIGPIPE. TCP sockets have TCP_NODELAY: else
/// Nagle's algorithm decides by its timers when bytes arrive. They use Reno, which every kernel has:
/// BBR paces what it sends, so what is read would be followed by a pause.
/// </para>
/// <para>Implemented by structs, and used as a type argument, as the loop's kernel is.</para>
/// </remarks>
public interface ISocketApi
{
    /// <summary>An address to bind to that nobody has; of TCP the port is left to the kernel.</summary>
    SocketAddress FreshAddress(ushort family);

    /// <summary>socket(2) of a family of <see cref="SocketAddress"/>, SOCK_STREAM.</summary>
    int Socket(ushort family);

    /// <summary>bind(2).</summary>
    int Bind(int fd, in SocketAddress address);

    /// <summary>listen(2).</summary>
    int Listen(int fd, int backlog);

    /// <summary>accept4(2), non-blocking.</summary>
    int Accept(int listener);

    /// <summary>connect(2).</summary>
    int Connect(int fd, in SocketAddress address);

    /// <summary>getsockname(2).</summary>
    int NameOf(int fd, out SocketAddress address);

    /// <summary>getpeername(2).</summary>
    int PeerOf(int fd, out SocketAddress address);

    /// <summary>recv(2).</summary>
    int Receive(int fd, Span<byte> target, TransferFlags flags);

    /// <summary>send(2) with MSG_NOSIGNAL.</summary>
    int Send(int fd, ReadOnlySpan<byte> source, TransferFlags flags);

    /// <summary>
    /// sendmsg(2) with a descriptor passed beside the bytes (SCM_RIGHTS of unix(7)), which nobody takes: what
    /// matters is that a read ends behind the bytes that it came with. A TCP socket sends the bytes alone.
    /// </summary>
    int SendWithDescriptor(int fd, ReadOnlySpan<byte> source);

    /// <summary>readv(2), of any descriptor.</summary>
    int Read(int fd, Span<byte> first, Span<byte> second);

    /// <summary>writev(2), of any descriptor.</summary>
    int Write(int fd, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second);

    /// <summary>shutdown(2).</summary>
    int Shutdown(int fd, ShutdownHow how);

    /// <summary>close(2).</summary>
    int Close(int fd);

    /// <summary>dup(2).</summary>
    int Duplicate(int fd);

    /// <summary>getsockopt(2), SO_ERROR: the error, positive, which is gone after it.</summary>
    int TakeError(int fd);

    /// <summary>setsockopt(2).</summary>
    int SetOption(int fd, StreamOption option, int value);

    /// <summary>setrlimit(2), RLIMIT_NOFILE.</summary>
    /// <param name="count">Numbers from the one that was free first when this was made; negative for the limit of before.</param>
    int LimitDescriptors(int count);

    /// <summary>ioctl(2), FIONREAD (SIOCINQ, tcp(7)): bytes that a read would find.</summary>
    int Readable(int fd);

    /// <summary>ioctl(2), SIOCOUTQ (tcp(7), unix(7)): of TCP unacknowledged bytes, of a unix socket memory.</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="most">What could have been answered as well, with acknowledgements that are delayed; of a real kernel the answer itself.</param>
    int Unacknowledged(int fd, out int most);

    /// <summary>pipe2(2), non-blocking.</summary>
    int MakePipe(out int readEnd, out int writeEnd);

    /// <summary>fcntl(2), F_SETPIPE_SZ.</summary>
    int ResizePipe(int fd, int bytes);

    /// <summary>splice(2), SPLICE_F_NONBLOCK.</summary>
    int Splice(int from, int to, int length);

    /// <summary>epoll_create1(2).</summary>
    int MakeEpoll();

    /// <summary>epoll_ctl(2).</summary>
    int Control(int epoll, EpollOperation operation, int fd, Interest interest, ulong token);

    /// <summary>epoll_wait(2), which does not wait.</summary>
    int Wait(int epoll, Span<KernelEvent> events);

    /// <summary>poll(2) for everything, which does not wait: the mask.</summary>
    int Poll(int fd);
}

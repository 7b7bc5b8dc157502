using System;
using Lure.Analyzers;

namespace Lure.Core.Kernel;

/// <summary>
/// Everything that the loop asks of the operating system: the real one, or the fake.
/// </summary>
/// <remarks>
/// <para>
/// Every call answers with a count (or 0) when it worked and with minus errno when it did not, and
/// none but <see cref="Wait"/> may block. The clock and the control plane's mailbox are part of the
/// seam, because anything that reached the loop by another way could not be replayed from a seed.
/// </para>
/// <para>
/// The loop takes its kernel as a type argument that is a struct, so each kernel gets machine code
/// of its own and the call to <c>recv</c> is a direct one. An interface field was rejected: one
/// nanosecond a call, and nothing inlined.
/// </para>
/// <para>
/// A phase may use only the calls listed for it (collect: <see cref="Now"/>, <see cref="Watch"/>,
/// <see cref="Unwatch"/>, <see cref="Wait"/>, <see cref="TakeCommand"/>, and
/// <see cref="SetOption"/> for a timer; execute:
/// <see cref="Accept"/>, <see cref="ConnectResult"/>, <see cref="Execute"/>, <see cref="Open"/>,
/// <see cref="SetOption"/>, <see cref="Connect"/>, <see cref="MakePipe"/>; finalize:
/// <see cref="Unacknowledged"/>, <see cref="SetOption"/>, <see cref="Shutdown"/>,
/// <see cref="Close"/>, <see cref="Notify"/>; anywhere: <see cref="Mark"/>).
/// </para>
/// </remarks>
[HotPath]
public interface ISyscalls
{
    /// <summary>Monotonic time in nanoseconds since an arbitrary start (clock_gettime(2)).</summary>
    long Now();

    /// <summary>Registers a descriptor (epoll_ctl(2), ADD); its current readiness is reported once.</summary>
    /// <returns>0, -EEXIST, -ENOMEM, -ENOSPC, -EBADF.</returns>
    int Watch(int fd, Interest interest, ulong token);

    /// <summary>Changes what is watched (epoll_ctl(2), MOD); re-arms an edge. Refused (-EINVAL) for an exclusive one.</summary>
    /// <returns>0, -ENOENT, -ENOMEM, -EINVAL.</returns>
    int Rewatch(int fd, Interest interest, ulong token);

    /// <summary>Ends the registration (epoll_ctl(2), DEL). Closing the last descriptor does it too.</summary>
    /// <returns>0, -ENOENT, -EBADF.</returns>
    int Unwatch(int fd);

    /// <summary>Waits for readiness (epoll_wait(2)).</summary>
    /// <param name="events">Filled from the start; a report stands for "look again", never for a verdict.</param>
    /// <param name="deadline">In the time of <see cref="Now"/>: 0 only looks, <see cref="long.MaxValue"/> has no end. Never wakes early for it.</param>
    /// <returns>The number of events, 0 when the deadline came, -EINTR.</returns>
    int Wait(Span<KernelEvent> events, long deadline);

    /// <summary>Takes the oldest command of the control plane's mailbox, if there is one.</summary>
    bool TakeCommand(out Command command);

    /// <summary>Takes a connection off a listener's queue, non-blocking and close-on-exec (accept4(2)).</summary>
    /// <param name="listener">The listening socket.</param>
    /// <param name="peer">The address of the client; unspecified on an error.</param>
    /// <returns>The new descriptor, or minus any errno of accept(2), pending network errors included.</returns>
    int Accept(int listener, out SocketAddress peer);

    /// <summary>How a connect ended (getsockopt(2), SO_ERROR). Consumes the socket's one-shot error.</summary>
    /// <returns>0 when there is no error, or minus the error; -EINPROGRESS is never returned.</returns>
    int ConnectResult(int fd);

    /// <summary>
    /// Runs a batch: every operation's <see cref="Operation.Result"/> is there on return. At most
    /// one receive and one send per descriptor; no operation is empty.
    /// </summary>
    void Execute(Span<Operation> operations);

    /// <summary>Makes a non-blocking, close-on-exec stream socket of an address's family (socket(2)).</summary>
    /// <returns>The descriptor, or -EMFILE, -ENFILE, -ENOBUFS, -ENOMEM, -EAFNOSUPPORT.</returns>
    int Open(in SocketAddress address);

    /// <summary>Sets one option (setsockopt(2)); the meaning of <paramref name="value"/> is the option's.</summary>
    /// <returns>0 or minus errno.</returns>
    int SetOption(int fd, SocketOption option, int value);

    /// <summary>Starts connecting (connect(2)).</summary>
    /// <returns>0 when connected at once, -EINPROGRESS, or the reason why not.</returns>
    int Connect(int fd, in SocketAddress address);

    /// <summary>Makes a non-blocking, close-on-exec pipe (pipe2(2)).</summary>
    /// <returns>0, -EMFILE, -ENFILE.</returns>
    int MakePipe(out int readEnd, out int writeEnd);

    /// <summary>Bytes written to the socket that its peer has not acknowledged (ioctl SIOCOUTQ, tcp(7)); a FIN in flight counts as one.</summary>
    /// <returns>The count, or minus errno.</returns>
    int Unacknowledged(int fd);

    /// <summary>Sends a FIN after what was written (shutdown(2), SHUT_WR).</summary>
    /// <returns>0, or -ENOTCONN when the connection is gone already.</returns>
    int Shutdown(int fd);

    /// <summary>Closes a descriptor (close(2)). It is closed whatever the answer is.</summary>
    int Close(int fd);

    /// <summary>Wakes the reader of the end records.</summary>
    void Notify();

    /// <summary>Says that an odd path was taken: recorded by the fake, nothing on Linux.</summary>
    void Mark(MarkId id);
}

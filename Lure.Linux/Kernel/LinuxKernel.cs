using System;
using System.Runtime.CompilerServices;
using Lure.Analyzers;
using Lure.Core.Kernel;
using Lure.Linux.Kernel.Batches;
using Tmds.Linux;

namespace Lure.Linux.Kernel;

/// <summary>The real kernel, as one worker's loop sees it. For the thread that made it only: it knows where that thread's errno is.</summary>
/// <remarks>
/// errno is read in the statement after the call. After a call that kept the thread in its managed
/// state nothing ran in between; after <see cref="Libc.EpollWait"/> a garbage collection may have,
/// and the runtime puts errno back.
/// </remarks>
[HotPath]
internal readonly unsafe struct LinuxKernel : ISyscalls, IDisposable
{
    private readonly int _epoll;
    private readonly int _records;
    private readonly int* _errno;
    private readonly Mailbox _mailbox;
    private readonly SelfConnect _selfConnect;
    private readonly EventWait _wait;
    private readonly BatchRunner _batches;

    private LinuxKernel(
        int epoll,
        Mailbox mailbox,
        int records,
        SelfConnect selfConnect,
        EventWait wait,
        BatchRunner batches
    )
    {
        _epoll = epoll;
        _mailbox = mailbox;
        _records = records;
        _errno = Libc.ErrnoLocation();
        _selfConnect = selfConnect;
        _wait = wait;
        _batches = batches;
    }

    /// <param name="mailbox">This worker's commands; its wake-ups arrive as <see cref="Token.Wake"/>.</param>
    /// <param name="records">Raised when there are end records for a reader that sleeps.</param>
    /// <param name="options">How the calls are made.</param>
    /// <exception cref="InvalidOperationException">No descriptor or no memory is left.</exception>
    [ColdPath("once in the life of a worker", perTurnMax: 0)]
    public static LinuxKernel ForThisThread(Mailbox mailbox, EventFd records, KernelOptions options)
    {
        int epoll = LibC.epoll_create1(LinuxConstants.EpollCloseOnExec);
        if (epoll < 0)
        {
            throw new InvalidOperationException($"epoll_create1: {ErrnoName.Of(LibC.errno)}");
        }

        int* errno = Libc.ErrnoLocation();
        LinuxKernel kernel = new(
            epoll,
            mailbox,
            records.Descriptor,
            SelfConnect.ForThisHost(),
            new EventWait(epoll, errno, options.SpinTime),
            new BatchRunner(errno, options.BatchesByRing, options.Batches)
        );
        int watched = kernel.Watch(mailbox.WakeDescriptor, Interest.In | Interest.EdgeTriggered, Token.Wake);
        if (watched < 0)
        {
            kernel.Dispose();
            throw new InvalidOperationException($"epoll_ctl: {ErrnoName.Of(-watched)}");
        }

        return kernel;
    }

    /// <inheritdoc/>
    public long Now() => MonotonicClock.Now();

    /// <inheritdoc/>
    public int Watch(int fd, Interest interest, ulong token) => Register(LinuxConstants.EpollAdd, fd, interest, token);

    /// <inheritdoc/>
    public int Rewatch(int fd, Interest interest, ulong token) =>
        Register(LinuxConstants.EpollModify, fd, interest, token);

    /// <inheritdoc/>
    public int Unwatch(int fd) => Register(LinuxConstants.EpollRemove, fd, Interest.None, 0);

    private int Register(int operation, int fd, Interest interest, ulong token)
    {
        KernelEvent registration = new() { Readiness = (Readiness)interest, Token = token };
        return Answer(Libc.EpollControl(_epoll, operation, fd, &registration));
    }

    /// <inheritdoc/>
    public int Wait(Span<KernelEvent> events, long deadline) => _wait.For(events, deadline);

    /// <inheritdoc/>
    public bool TakeCommand(out Command command) => _mailbox.TryTake(out command);

    /// <inheritdoc/>
    public int Accept(int listener, out SocketAddress peer)
    {
        peer = default;
        uint length = SocketAddress.Capacity;
        int fd;
        fixed (byte* storage = peer.Buffer)
        {
            const int Flags = LinuxConstants.SocketNonBlocking | LinuxConstants.SocketCloseOnExec;
            fd = Answer(Libc.Accept(listener, storage, &length, Flags));
        }

        peer.Length = fd < 0 ? 0 : (int)Math.Min(length, SocketAddress.Capacity);
        return fd;
    }

    /// <inheritdoc/>
    public int ConnectResult(int fd)
    {
        int error = 0;
        int asked = ReadOption(fd, LinuxConstants.OptionError, ref error);
        return asked < 0 ? asked : -error;
    }

    private int ReadOption(int fd, int name, ref int value)
    {
        uint length = sizeof(int);
        fixed (int* target = &value)
        {
            return Answer(Libc.GetOption(fd, LinuxConstants.SocketLevel, name, target, &length));
        }
    }

    /// <inheritdoc/>
    public void Execute(Span<Operation> operations) => _batches.Execute(operations);

    /// <inheritdoc/>
    public int Open(in SocketAddress address)
    {
        const int Type =
            LinuxConstants.StreamSocket | LinuxConstants.SocketNonBlocking | LinuxConstants.SocketCloseOnExec;
        return Answer(Libc.Socket(address.Family, Type, 0));
    }

    /// <inheritdoc/>
    public int SetOption(int fd, SocketOption option, int value) =>
        option switch
        {
            SocketOption.NoDelay => Set(fd, LinuxConstants.TcpLevel, LinuxConstants.TcpNoDelay, value),
            SocketOption.KeepAlive => Set(fd, LinuxConstants.SocketLevel, LinuxConstants.OptionKeepAlive, value),
            SocketOption.KeepAliveIdle => Set(fd, LinuxConstants.TcpLevel, LinuxConstants.TcpKeepIdle, value),
            SocketOption.KeepAliveInterval => Set(fd, LinuxConstants.TcpLevel, LinuxConstants.TcpKeepInterval, value),
            SocketOption.KeepAliveProbes => Set(fd, LinuxConstants.TcpLevel, LinuxConstants.TcpKeepCount, value),
            SocketOption.ResetOnClose => Set(
                fd,
                LinuxConstants.SocketLevel,
                LinuxConstants.OptionLinger,
                new Linger { OnOff = 1, Seconds = 0 }
            ),
            _ => -Errno.NoProtocolOption,
        };

    private int Set<T>(int fd, int level, int name, T value)
        where T : unmanaged => Answer(Libc.SetOption(fd, level, name, &value, (uint)sizeof(T)));

    /// <inheritdoc/>
    public int Connect(int fd, in SocketAddress address)
    {
        ReadOnlySpan<byte> bytes = address.Bytes;
        fixed (byte* first = bytes)
        {
            int result = Answer(Libc.Connect(fd, first, (uint)bytes.Length));
            return
                result is 0 or -Errno.InProgress
                && _selfConnect.IsPossible(address)
                && SelfConnect.Happened(fd, address)
                ? -Errno.ConnectionRefused
                : result;
        }
    }

    /// <inheritdoc/>
    public int MakePipe(out int readEnd, out int writeEnd)
    {
        const int Flags = LinuxConstants.PipeNonBlocking | LinuxConstants.PipeCloseOnExec;
        int* ends = stackalloc int[2];
        int made = Answer(Libc.Pipe(ends, Flags));
        (readEnd, writeEnd) = made < 0 ? (-1, -1) : (ends[0], ends[1]);
        return made;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// 0 for a unix socket. SIOCOUTQ counts memory there, headers and rounding included, until the
    /// reader takes it; and what send(2) accepted lies in the reader's own queue already, where no
    /// close of ours can reach it.
    /// </remarks>
    public int Unacknowledged(int fd)
    {
        int family = 0;
        int asked = ReadOption(fd, LinuxConstants.OptionDomain, ref family);
        if (asked < 0 || family == SocketAddress.FamilyUnix)
        {
            return asked;
        }

        int bytes;
        asked = Answer(Libc.Control(fd, LinuxConstants.UnsentBytes, &bytes));
        return asked < 0 ? asked : bytes;
    }

    /// <inheritdoc/>
    public int Shutdown(int fd) => Answer(Libc.Shutdown(fd, LinuxConstants.ShutdownWrite));

    /// <inheritdoc/>
    public int Close(int fd) => Answer(Libc.Close(fd));

    /// <inheritdoc/>
    public void Notify() => EventFd.Raise(_records);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Mark(MarkId id) { }

    /// <summary>Closes the epoll and the ring; the mailbox belongs to who made it.</summary>
    [ColdPath("once in the life of a worker", perTurnMax: 0)]
    public void Dispose()
    {
        _batches.Dispose();
        _ = Libc.Close(_epoll);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Answer(nint result) => result < 0 ? -*_errno : (int)result;
}

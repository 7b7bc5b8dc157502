using System;
using Lure.Core.Kernel;
using Lure.Linux.Kernel;
using Lure.Sim.Conformance;

namespace Lure.Linux.Conformance;

/// <summary>The sockets API of the real kernel. For the thread that made it only: it knows where that thread's errno is.</summary>
internal readonly unsafe struct LinuxSocketApi : ISocketApi
{
    private const Interest Everything = Interest.In | Interest.Urgent | Interest.Out | Interest.ReadHangUp;

    private readonly FreshAddresses _addresses;
    private readonly LoweredLimit _limit = new();
    private readonly int* _errno;

    public LinuxSocketApi(FreshAddresses addresses)
    {
        _addresses = addresses;
        _errno = Libc.ErrnoLocation();
    }

    /// <inheritdoc/>
    public SocketAddress FreshAddress(ushort family) => _addresses.Next(family);

    /// <inheritdoc/>
    public int Socket(ushort family)
    {
        const int Type =
            LinuxConstants.StreamSocket | LinuxConstants.SocketNonBlocking | LinuxConstants.SocketCloseOnExec;
        int fd = Answer(Libc.Socket(family, Type, 0));
        if (fd >= 0 && family != SocketAddress.FamilyUnix)
        {
            Set(fd, LinuxConstants.TcpLevel, LinuxConstants.TcpNoDelay, 1);
            WithoutPacing(fd);
        }

        return fd;
    }

    /// <inheritdoc/>
    public int Bind(int fd, in SocketAddress address)
    {
        ReadOnlySpan<byte> bytes = address.Bytes;
        fixed (byte* first = bytes)
        {
            return Answer(SocketCalls.Bind(fd, first, (uint)bytes.Length));
        }
    }

    /// <inheritdoc/>
    public int Listen(int fd, int backlog) => Answer(SocketCalls.Listen(fd, backlog));

    /// <inheritdoc/>
    public int Accept(int listener)
    {
        const int Flags = LinuxConstants.SocketNonBlocking | LinuxConstants.SocketCloseOnExec;
        return Answer(Libc.Accept(listener, null, null, Flags));
    }

    /// <inheritdoc/>
    public int Connect(int fd, in SocketAddress address)
    {
        ReadOnlySpan<byte> bytes = address.Bytes;
        fixed (byte* first = bytes)
        {
            return Answer(Libc.Connect(fd, first, (uint)bytes.Length));
        }
    }

    /// <inheritdoc/>
    public int NameOf(int fd, out SocketAddress address)
    {
        address = default;
        uint length = SocketAddress.Capacity;
        int result;
        fixed (byte* storage = address.Buffer)
        {
            result = Answer(Libc.GetSocketName(fd, storage, &length));
        }

        address.Length = result < 0 ? 0 : (int)length;
        return result;
    }

    /// <inheritdoc/>
    public int PeerOf(int fd, out SocketAddress address)
    {
        address = default;
        uint length = SocketAddress.Capacity;
        int result;
        fixed (byte* storage = address.Buffer)
        {
            result = Answer(SocketCalls.GetPeerName(fd, storage, &length));
        }

        address.Length = result < 0 ? 0 : (int)length;
        return result;
    }

    /// <inheritdoc/>
    public int Receive(int fd, Span<byte> target, TransferFlags flags)
    {
        fixed (byte* first = target)
        {
            return Answer(Libc.Receive(fd, first, (nuint)target.Length, (int)flags));
        }
    }

    /// <inheritdoc/>
    public int Send(int fd, ReadOnlySpan<byte> source, TransferFlags flags)
    {
        fixed (byte* first = source)
        {
            return Answer(Libc.Send(fd, first, (nuint)source.Length, (int)flags | LinuxConstants.SendWithoutSignal));
        }
    }

    /// <inheritdoc/>
    /// <remarks>What is passed is an epoll that watches nothing. It is closed at once, so that only the queue keeps it.</remarks>
    public int SendWithDescriptor(int fd, ReadOnlySpan<byte> source)
    {
        int passed = MakeEpoll();
        if (passed < 0)
        {
            return passed;
        }

        PassedDescriptor descriptor = new()
        {
            Length = PassedDescriptor.Used,
            Level = LinuxConstants.SocketLevel,
            Type = LinuxConstants.PassDescriptors,
            Fd = passed,
        };
        fixed (byte* first = source)
        {
            IoVector vector = new() { Base = first, Length = (nuint)source.Length };
            MessageHeader message = new()
            {
                Vectors = &vector,
                Count = 1,
                Control = &descriptor,
                ControlLength = (nuint)sizeof(PassedDescriptor),
            };
            int sent = Answer(SocketCalls.SendMessage(fd, &message, LinuxConstants.SendWithoutSignal));
            _ = Close(passed);
            return sent;
        }
    }

    /// <inheritdoc/>
    public int Read(int fd, Span<byte> first, Span<byte> second)
    {
        fixed (byte* one = first)
        fixed (byte* two = second)
        {
            IoVector* vectors = stackalloc IoVector[2];
            vectors[0] = new IoVector { Base = one, Length = (nuint)first.Length };
            vectors[1] = new IoVector { Base = two, Length = (nuint)second.Length };
            return Answer(Libc.ReadVector(fd, vectors, 2));
        }
    }

    /// <inheritdoc/>
    public int Write(int fd, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        fixed (byte* one = first)
        fixed (byte* two = second)
        {
            IoVector* vectors = stackalloc IoVector[2];
            vectors[0] = new IoVector { Base = one, Length = (nuint)first.Length };
            vectors[1] = new IoVector { Base = two, Length = (nuint)second.Length };
            return Answer(Libc.WriteVector(fd, vectors, 2));
        }
    }

    /// <inheritdoc/>
    public int Shutdown(int fd, ShutdownHow how) => Answer(Libc.Shutdown(fd, (int)how));

    /// <inheritdoc/>
    public int Close(int fd) => Answer(Libc.Close(fd));

    /// <inheritdoc/>
    public int Duplicate(int fd) => Answer(SocketCalls.Duplicate(fd));

    /// <inheritdoc/>
    public int TakeError(int fd)
    {
        int error = 0;
        uint length = sizeof(int);
        int asked = Answer(Libc.GetOption(fd, LinuxConstants.SocketLevel, LinuxConstants.OptionError, &error, &length));
        return asked < 0 ? asked : error;
    }

    /// <inheritdoc/>
    public int SetOption(int fd, StreamOption option, int value) =>
        option switch
        {
            StreamOption.Linger => Set(
                fd,
                LinuxConstants.SocketLevel,
                LinuxConstants.OptionLinger,
                new Linger { OnOff = value < 0 ? 0 : 1, Seconds = Math.Max(0, value) }
            ),
            StreamOption.ReceiveLowWater => Set(
                fd,
                LinuxConstants.SocketLevel,
                LinuxConstants.OptionReceiveLowWater,
                value
            ),
            StreamOption.NotSentLowWater => Set(fd, LinuxConstants.TcpLevel, LinuxConstants.TcpNotSentLowWater, value),
            StreamOption.OutOfBandInline => Set(
                fd,
                LinuxConstants.SocketLevel,
                LinuxConstants.OptionOutOfBandInline,
                value
            ),
            StreamOption.SendBuffer => Set(fd, LinuxConstants.SocketLevel, LinuxConstants.OptionSendBuffer, value),
            StreamOption.ReceiveBuffer => Set(
                fd,
                LinuxConstants.SocketLevel,
                LinuxConstants.OptionReceiveBuffer,
                value
            ),
            StreamOption.ReuseAddress => Set(fd, LinuxConstants.SocketLevel, LinuxConstants.OptionReuseAddress, value),
            StreamOption.QuickAcknowledge => Set(fd, LinuxConstants.TcpLevel, LinuxConstants.TcpQuickAck, value),
            _ => -Errno.NoProtocolOption,
        };

    /// <inheritdoc/>
    public int LimitDescriptors(int count) => _limit.Set(count);

    /// <inheritdoc/>
    public int Readable(int fd) => Ask(fd, LinuxConstants.ReadableBytes);

    /// <inheritdoc/>
    public int Unacknowledged(int fd, out int most)
    {
        most = Ask(fd, LinuxConstants.UnsentBytes);
        return most;
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
    public int ResizePipe(int fd, int bytes) => Answer(SocketCalls.FileControl(fd, LinuxConstants.SetPipeSize, bytes));

    /// <inheritdoc/>
    public int Splice(int from, int to, int length)
    {
        const uint Flags = LinuxConstants.SpliceMove | LinuxConstants.SpliceNonBlocking;
        return Answer(Libc.Splice(from, null, to, null, (nuint)length, Flags));
    }

    /// <inheritdoc/>
    public int MakeEpoll() => Answer(SocketCalls.MakeEpoll(LinuxConstants.EpollCloseOnExec));

    /// <inheritdoc/>
    public int Control(int epoll, EpollOperation operation, int fd, Interest interest, ulong token)
    {
        KernelEvent registration = new() { Readiness = (Readiness)interest, Token = token };
        return Answer(Libc.EpollControl(epoll, (int)operation, fd, &registration));
    }

    /// <inheritdoc/>
    public int Wait(int epoll, Span<KernelEvent> events)
    {
        fixed (KernelEvent* first = events)
        {
            return Answer(Libc.EpollPoll(epoll, first, events.Length, 0));
        }
    }

    /// <inheritdoc/>
    public int Poll(int fd)
    {
        PollRequest request = new() { Fd = fd, Events = (short)Everything };
        int count = Answer(SocketCalls.Poll(&request, 1, 0));
        return count < 0 ? count
            : fd < 0 || (request.Reported & LinuxConstants.PollInvalid) != 0 ? -Errno.BadDescriptor
            : request.Reported;
    }

    private int Ask(int fd, nuint request)
    {
        int bytes = 0;
        int asked = Answer(Libc.Control(fd, request, &bytes));
        return asked < 0 ? asked : bytes;
    }

    /// <summary>Whatever the machine's congestion control is: with BBR, what is read would be followed by a pause.</summary>
    private void WithoutPacing(int fd)
    {
        ReadOnlySpan<byte> name = "reno"u8;
        fixed (byte* first = name)
        {
            _ = Libc.SetOption(fd, LinuxConstants.TcpLevel, LinuxConstants.TcpCongestion, first, (uint)name.Length);
        }
    }

    private int Set<T>(int fd, int level, int name, T value)
        where T : unmanaged => Answer(Libc.SetOption(fd, level, name, &value, (uint)sizeof(T)));

    private int Answer(nint result) => result < 0 ? -*_errno : (int)result;
}

using System;
using Lure.Core.Kernel;
using Lure.Sim.Conformance;
using Lure.Sim.Descriptors;
using Lure.Sim.Polling;
using Lure.Sim.Sockets;

namespace Lure.Sim.Processes;

/// <summary>
/// A process of a <see cref="FakeWorld"/> beside the loop's: descriptors of its own, and every call
/// of <see cref="ISocketApi"/>. No faults, no rules: what is wrong is answered, as Linux does.
/// </summary>
internal sealed partial class FakeProcess
{
    private readonly FakeWorld _world;
    private readonly DescriptorTable _descriptors;
    private readonly ObjectPool<Epoll> _epolls;
    private int _names;

    public FakeProcess(FakeWorld world)
    {
        _world = world;
        _descriptors = new DescriptorTable(world.Options.DescriptorLimit);
        _epolls = new ObjectPool<Epoll>(() => new Epoll());
    }

    public DescriptorTable Descriptors => _descriptors;

    /// <summary>As new; sockets and pipes are the network's to take back.</summary>
    public void Reset()
    {
        foreach (Epoll epoll in _epolls.Lent)
        {
            epoll.Clear();
            epoll.References = 0;
        }

        _epolls.Reset();
        _descriptors.Reset(_world.Options.DescriptorLimit);
        _names = 0;
    }

    public int LimitDescriptors(int count)
    {
        _descriptors.Limit = count < 0 ? _world.Options.DescriptorLimit : DescriptorTable.First + count;
        return 0;
    }

    public SocketAddress FreshAddress(ushort family) =>
        family switch
        {
            SocketAddress.FamilyUnix => FakeAddress.Unix(++_names),
            SocketAddress.FamilyIPv6 => FakeAddress.IPv6(0),
            _ => FakeAddress.IPv4(0),
        };

    public int Close(int fd)
    {
        if (_descriptors.Find(fd) is null)
        {
            return -Errno.BadDescriptor;
        }

        _descriptors.Remove(fd);
        return 0;
    }

    public int Duplicate(int fd) => _descriptors.Find(fd) is { } file ? _descriptors.Add(file) : -Errno.BadDescriptor;

    public int Poll(int fd)
    {
        _world.Network.Settle();
        return _descriptors.Find(fd) is { } file ? (int)file.Poll() : -Errno.BadDescriptor;
    }

    /// <summary>Of no bytes nothing is asked but whether the descriptor can be read at all (do_iter_readv_writev).</summary>
    public int Read(int fd, Span<byte> first, Span<byte> second) =>
        _descriptors.Find(fd) switch
        {
            null => -Errno.BadDescriptor,
            StreamSocket or PipeEnd { Writes: false } when first.IsEmpty && second.IsEmpty => 0,
            StreamSocket socket => socket.Receive(first, second),
            PipeEnd { Writes: false } end => end.Pipe.Read(first, second),
            PipeEnd => -Errno.BadDescriptor,
            _ => -Errno.Invalid,
        };

    /// <summary>As <see cref="Read"/>.</summary>
    public int Write(int fd, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        _descriptors.Find(fd) switch
        {
            null => -Errno.BadDescriptor,
            StreamSocket or PipeEnd { Writes: true } when first.IsEmpty && second.IsEmpty => 0,
            StreamSocket socket => socket.Send(first, second),
            PipeEnd { Writes: true } end => end.Pipe.Write(first, second),
            PipeEnd => -Errno.BadDescriptor,
            _ => -Errno.Invalid,
        };

    public int Readable(int fd) =>
        _descriptors.Find(fd) switch
        {
            null => -Errno.BadDescriptor,
            StreamSocket socket => socket.Inquire(),
            PipeEnd end => end.Pipe.Count,
            _ => -Errno.Invalid,
        };

    public int MakePipe(out int readEnd, out int writeEnd)
    {
        Pipe pipe = _world.Network.CreatePipe();
        readEnd = _descriptors.Add(pipe.ReadEnd);
        writeEnd = readEnd < 0 ? readEnd : _descriptors.Add(pipe.WriteEnd);
        if (writeEnd >= 0)
        {
            return 0;
        }

        if (readEnd >= 0)
        {
            _descriptors.Remove(readEnd);
            pipe.WriteEnd.Close();
        }
        else
        {
            pipe.Recycle();
        }

        return writeEnd;
    }

    public int ResizePipe(int fd, int bytes) =>
        _descriptors.Find(fd) is PipeEnd end ? end.Pipe.Resize(bytes) : -Errno.BadDescriptor;

    /// <summary>In the order of do_splice: a pipe to splice to is looked at before what would be read.</summary>
    public int Splice(int from, int to, int length)
    {
        if (_descriptors.Find(from) is not { } source || _descriptors.Find(to) is not { } target)
        {
            return -Errno.BadDescriptor;
        }

        if (source is PipeEnd { Writes: true } || target is PipeEnd { Writes: false })
        {
            return -Errno.BadDescriptor;
        }

        return (source, target) switch
        {
            (PipeEnd one, PipeEnd other) => one.Pipe.SpliceTo(other.Pipe, length),
            (_, PipeEnd { Pipe.ReaderClosed: true }) => -Errno.BrokenPipe,
            (_, PipeEnd end) when end.Pipe.FreeFor(1) == 0 => -Errno.Again,
            (StreamSocket socket, PipeEnd end) => socket.SpliceTo(end.Pipe, length),
            (PipeEnd end, StreamSocket socket) => socket.SpliceFrom(end.Pipe, length),
            _ => -Errno.Invalid,
        };
    }

    public int MakeEpoll()
    {
        if (!_descriptors.HasRoom)
        {
            return -Errno.TooManyFiles;
        }

        return _descriptors.Add(_epolls.Rent());
    }

    /// <summary>In the order of do_epoll_ctl.</summary>
    public int Control(int epoll, EpollOperation operation, int fd, Interest interest, ulong token)
    {
        if (_descriptors.Find(epoll) is not { } owner || _descriptors.Find(fd) is not { } file)
        {
            return -Errno.BadDescriptor;
        }

        if (owner is not Epoll set || ReferenceEquals(owner, file))
        {
            return -Errno.Invalid;
        }

        return operation switch
        {
            EpollOperation.Add => set.Add(fd, file, interest, token),
            EpollOperation.Modify => set.Modify(fd, file, interest, token),
            EpollOperation.Remove => set.Remove(fd, file),
            _ => -Errno.Invalid,
        };
    }

    public int Wait(int epoll, Span<KernelEvent> events)
    {
        if (events.IsEmpty)
        {
            return -Errno.Invalid;
        }

        _world.Network.Settle();
        return _descriptors.Find(epoll) switch
        {
            null => -Errno.BadDescriptor,
            Epoll set => set.Collect(events),
            _ => -Errno.Invalid,
        };
    }
}

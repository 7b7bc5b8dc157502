using System;
using Lure.Core.Kernel;
using Lure.Linux.Conformance;
using Lure.Linux.Kernel;
using Lure.Sim.Conformance;

namespace Lure.Linux.Tests.Kernel.Batches;

/// <summary>
/// The sockets API of the real kernel, with its reads and writes done by batches of a ring: beside the
/// operation that is meant each has one on no descriptor, for an operation alone is a plain call.
/// </summary>
internal readonly unsafe struct RingSocketApi(LinuxSocketApi plain, LinuxKernel kernel) : ISocketApi
{
    public int Receive(int fd, Span<byte> target, TransferFlags flags)
    {
        if (flags != TransferFlags.None || target.IsEmpty)
        {
            return plain.Receive(fd, target, flags);
        }

        fixed (byte* first = target)
        {
            return Run(OperationKind.Receive, fd, 1, Vector(first, target.Length), default);
        }
    }

    public int Send(int fd, ReadOnlySpan<byte> source, TransferFlags flags)
    {
        if (flags != TransferFlags.None || source.IsEmpty)
        {
            return plain.Send(fd, source, flags);
        }

        fixed (byte* first = source)
        {
            return Run(OperationKind.Send, fd, 1, Vector(first, source.Length), default);
        }
    }

    public int SendWithDescriptor(int fd, ReadOnlySpan<byte> source) => plain.SendWithDescriptor(fd, source);

    public int Read(int fd, Span<byte> first, Span<byte> second)
    {
        if (first.IsEmpty && second.IsEmpty)
        {
            return plain.Read(fd, first, second);
        }

        fixed (byte* one = first)
        fixed (byte* two = second)
        {
            return Run(OperationKind.Receive, fd, 2, Vector(one, first.Length), Vector(two, second.Length));
        }
    }

    public int Write(int fd, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (first.IsEmpty && second.IsEmpty)
        {
            return plain.Write(fd, first, second);
        }

        fixed (byte* one = first)
        fixed (byte* two = second)
        {
            return Run(OperationKind.Send, fd, 2, Vector(one, first.Length), Vector(two, second.Length));
        }
    }

    private static IoVector Vector(byte* start, int length) => new() { Base = start, Length = (nuint)length };

    private int Run(OperationKind kind, int fd, int vectors, IoVector first, IoVector second)
    {
        Span<Operation> batch =
        [
            new Operation
            {
                Kind = OperationKind.Receive,
                Fd = -1,
                Vectors = 1,
            },
            new Operation
            {
                Kind = kind,
                Fd = fd,
                Vectors = vectors,
                First = first,
                Second = second,
            },
        ];
        kernel.Execute(batch);
        return batch[1].Result;
    }

    public SocketAddress FreshAddress(ushort family) => plain.FreshAddress(family);

    public int Socket(ushort family) => plain.Socket(family);

    public int Bind(int fd, in SocketAddress address) => plain.Bind(fd, address);

    public int Listen(int fd, int backlog) => plain.Listen(fd, backlog);

    public int Accept(int listener) => plain.Accept(listener);

    public int Connect(int fd, in SocketAddress address) => plain.Connect(fd, address);

    public int NameOf(int fd, out SocketAddress address) => plain.NameOf(fd, out address);

    public int PeerOf(int fd, out SocketAddress address) => plain.PeerOf(fd, out address);

    public int Shutdown(int fd, ShutdownHow how) => plain.Shutdown(fd, how);

    public int Close(int fd) => plain.Close(fd);

    public int Duplicate(int fd) => plain.Duplicate(fd);

    public int TakeError(int fd) => plain.TakeError(fd);

    public int SetOption(int fd, StreamOption option, int value) => plain.SetOption(fd, option, value);

    public int Readable(int fd) => plain.Readable(fd);

    public int LimitDescriptors(int count) => plain.LimitDescriptors(count);

    public int Unacknowledged(int fd, out int most) => plain.Unacknowledged(fd, out most);

    public int MakePipe(out int readEnd, out int writeEnd) => plain.MakePipe(out readEnd, out writeEnd);

    public int ResizePipe(int fd, int bytes) => plain.ResizePipe(fd, bytes);

    public int Splice(int from, int to, int length) => plain.Splice(from, to, length);

    public int MakeEpoll() => plain.MakeEpoll();

    public int Control(int epoll, EpollOperation operation, int fd, Interest interest, ulong token) =>
        plain.Control(epoll, operation, fd, interest, token);

    public int Wait(int epoll, Span<KernelEvent> events) => plain.Wait(epoll, events);

    public int Poll(int fd) => plain.Poll(fd);
}

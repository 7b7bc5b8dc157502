using System;
using Lure.Core.Kernel;
using Lure.Sim.Conformance;

namespace Lure.Sim.Tests.Conformance;

/// <summary>The fake kernel, but for one lie.</summary>
internal readonly struct LyingSocketApi(Lie lie) : ISocketApi
{
    private readonly State _state = new(lie);

    public SocketAddress FreshAddress(ushort family) => _state.Api.FreshAddress(family);

    public int Socket(ushort family)
    {
        int hole = _state.Lie == Lie.HighestNumber ? _state.Api.MakeEpoll() : -1;
        int fd = _state.Api.Socket(family);
        _state.Api.Close(hole);
        return fd;
    }

    public int Bind(int fd, in SocketAddress address) => _state.Api.Bind(fd, address);

    public int Listen(int fd, int backlog) => _state.Api.Listen(fd, backlog);

    public int Accept(int listener) => _state.Api.Accept(listener);

    public int Connect(int fd, in SocketAddress address) => _state.Api.Connect(fd, address);

    public int NameOf(int fd, out SocketAddress address) => _state.Api.NameOf(fd, out address);

    public int PeerOf(int fd, out SocketAddress address) => _state.Api.PeerOf(fd, out address);

    public int Receive(int fd, Span<byte> target, TransferFlags flags)
    {
        if (_state.Lie == Lie.Moody && ++_state.Count % 97 == 0)
        {
            return -Errno.Again;
        }

        int result = _state.Api.Receive(fd, target, flags);
        if (_state.Lie == Lie.ByteChanged && result > 3)
        {
            target[0] ^= 1;
        }

        return _state.Lie == Lie.EndInsteadOfReset && result == -Errno.ConnectionReset ? 0 : result;
    }

    public int Send(int fd, ReadOnlySpan<byte> source, TransferFlags flags) => _state.Api.Send(fd, source, flags);

    public int SendWithDescriptor(int fd, ReadOnlySpan<byte> source) => _state.Api.SendWithDescriptor(fd, source);

    public int Read(int fd, Span<byte> first, Span<byte> second) => _state.Api.Read(fd, first, second);

    public int Write(int fd, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        _state.Api.Write(fd, first, second);

    public int Shutdown(int fd, ShutdownHow how) => _state.Api.Shutdown(fd, how);

    public int Close(int fd) => _state.Api.Close(fd);

    public int Duplicate(int fd) => _state.Api.Duplicate(fd);

    public int TakeError(int fd) => _state.Api.TakeError(fd);

    public int SetOption(int fd, StreamOption option, int value) => _state.Api.SetOption(fd, option, value);

    public int LimitDescriptors(int count) => _state.Api.LimitDescriptors(count);

    public int Readable(int fd) => _state.Api.Readable(fd);

    public int Unacknowledged(int fd, out int most) => _state.Api.Unacknowledged(fd, out most);

    public int MakePipe(out int readEnd, out int writeEnd) => _state.Api.MakePipe(out readEnd, out writeEnd);

    public int ResizePipe(int fd, int bytes) => _state.Api.ResizePipe(fd, bytes);

    public int Splice(int from, int to, int length) => _state.Api.Splice(from, to, length);

    public int MakeEpoll() => _state.Api.MakeEpoll();

    public int Control(int epoll, EpollOperation operation, int fd, Interest interest, ulong token) =>
        _state.Api.Control(epoll, operation, fd, interest, token);

    public int Wait(int epoll, Span<KernelEvent> events) =>
        _state.Lie == Lie.NoWakeUp && events.Length == 2 ? 0 : _state.Api.Wait(epoll, events);

    public int Poll(int fd) => _state.Api.Poll(fd);

    private sealed class State(Lie lie)
    {
        public Lie Lie => lie;

        public FakeSocketApi Api { get; } = new(new FakeWorld());

        public int Count { get; set; }
    }
}

using System;
using Lure.Core.Kernel;
using Lure.Sim.Conformance;
using Lure.Sim.Descriptors;
using Lure.Sim.Processes;

namespace Lure.Sim;

/// <summary>One more process of a <see cref="FakeWorld"/>, with descriptors of its own: a peer of the loop, or a script.</summary>
public readonly struct FakeSocketApi : ISocketApi
{
    private readonly FakeProcess _process;

    /// <param name="world">Where the network and the clock are.</param>
    public FakeSocketApi(FakeWorld world)
    {
        ArgumentNullException.ThrowIfNull(world);
        _process = world.AddProcess();
    }

    /// <summary>The descriptors of this process.</summary>
    public DescriptorTable Descriptors => _process.Descriptors;

    /// <inheritdoc/>
    public SocketAddress FreshAddress(ushort family) => _process.FreshAddress(family);

    /// <inheritdoc/>
    public int Socket(ushort family) => _process.Socket(family);

    /// <inheritdoc/>
    public int Bind(int fd, in SocketAddress address) => _process.Bind(fd, address);

    /// <inheritdoc/>
    public int Listen(int fd, int backlog) => _process.Listen(fd, backlog);

    /// <inheritdoc/>
    public int Accept(int listener) => _process.Accept(listener);

    /// <inheritdoc/>
    public int Connect(int fd, in SocketAddress address) => _process.Connect(fd, address);

    /// <inheritdoc/>
    public int NameOf(int fd, out SocketAddress address) => _process.NameOf(fd, out address);

    /// <inheritdoc/>
    public int PeerOf(int fd, out SocketAddress address) => _process.PeerOf(fd, out address);

    /// <inheritdoc/>
    public int Receive(int fd, Span<byte> target, TransferFlags flags) => _process.Receive(fd, target, flags);

    /// <inheritdoc/>
    public int Send(int fd, ReadOnlySpan<byte> source, TransferFlags flags) => _process.Send(fd, source, flags);

    /// <inheritdoc/>
    public int SendWithDescriptor(int fd, ReadOnlySpan<byte> source) => _process.SendWithDescriptor(fd, source);

    /// <inheritdoc/>
    public int Read(int fd, Span<byte> first, Span<byte> second) => _process.Read(fd, first, second);

    /// <inheritdoc/>
    public int Write(int fd, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => _process.Write(fd, first, second);

    /// <inheritdoc/>
    public int Shutdown(int fd, ShutdownHow how) => _process.Shutdown(fd, how);

    /// <inheritdoc/>
    public int Close(int fd) => _process.Close(fd);

    /// <inheritdoc/>
    public int Duplicate(int fd) => _process.Duplicate(fd);

    /// <inheritdoc/>
    public int TakeError(int fd) => _process.TakeError(fd);

    /// <inheritdoc/>
    public int SetOption(int fd, StreamOption option, int value) => _process.SetOption(fd, option, value);

    /// <inheritdoc/>
    public int LimitDescriptors(int count) => _process.LimitDescriptors(count);

    /// <inheritdoc/>
    public int Readable(int fd) => _process.Readable(fd);

    /// <inheritdoc/>
    public int Unacknowledged(int fd, out int most) => _process.Unacknowledged(fd, out most);

    /// <inheritdoc/>
    public int MakePipe(out int readEnd, out int writeEnd) => _process.MakePipe(out readEnd, out writeEnd);

    /// <inheritdoc/>
    public int ResizePipe(int fd, int bytes) => _process.ResizePipe(fd, bytes);

    /// <inheritdoc/>
    public int Splice(int from, int to, int length) => _process.Splice(from, to, length);

    /// <inheritdoc/>
    public int MakeEpoll() => _process.MakeEpoll();

    /// <inheritdoc/>
    public int Control(int epoll, EpollOperation operation, int fd, Interest interest, ulong token) =>
        _process.Control(epoll, operation, fd, interest, token);

    /// <inheritdoc/>
    public int Wait(int epoll, Span<KernelEvent> events) => _process.Wait(epoll, events);

    /// <inheritdoc/>
    public int Poll(int fd) => _process.Poll(fd);
}

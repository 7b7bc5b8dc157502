using System;
using Lure.Core.Kernel;
using Lure.Sim.Running;
using Lure.Sim.Workers;

namespace Lure.Sim;

/// <summary>
/// One worker's view of a <see cref="FakeWorld"/>: an epoll set and a mailbox of its own, everything
/// else shared. Each call of the constructor is one more worker.
/// </summary>
/// <remarks>
/// A struct with one field, because the loop takes its kernel as a type argument: so it is compiled
/// for the fake just as for Linux.
/// </remarks>
public readonly struct FakeKernel : ISimulatedKernel<FakeKernel>
{
    private readonly FakeWorker _worker;

    /// <param name="world">Where the descriptors, the sockets and the clock are.</param>
    public FakeKernel(FakeWorld world)
    {
        ArgumentNullException.ThrowIfNull(world);
        _worker = world.AddWorker();
    }

    /// <inheritdoc/>
    public static FakeKernel Over(FakeKernel kernel) => kernel;

    /// <summary>The number of the worker, counted from 0 in the order of construction.</summary>
    public int Worker => _worker.Index;

    /// <summary>Whether <see cref="Wait"/> would report something now, without waiting.</summary>
    public bool HasEvents => _worker.HasEvents;

    internal FakeWorker Internals => _worker;

    internal FakeWorld World => _worker.World;

    /// <summary>What this worker watches a descriptor for, null when it does not.</summary>
    public Interest? InterestOf(int fd) => _worker.InterestOf(fd);

    /// <summary>Puts a command into this worker's mailbox and wakes it.</summary>
    public void Post(Command command) => _worker.Post(command);

    /// <inheritdoc/>
    public long Now() => _worker.Now();

    /// <inheritdoc/>
    public int Watch(int fd, Interest interest, ulong token) => _worker.Watch(fd, interest, token);

    /// <inheritdoc/>
    public int Rewatch(int fd, Interest interest, ulong token) => _worker.Rewatch(fd, interest, token);

    /// <inheritdoc/>
    public int Unwatch(int fd) => _worker.Unwatch(fd);

    /// <inheritdoc/>
    /// <exception cref="WorldDeadlockException">Nothing can ever happen, and the wait has no end.</exception>
    public int Wait(Span<KernelEvent> events, long deadline) => _worker.Wait(events, deadline);

    /// <inheritdoc/>
    public bool TakeCommand(out Command command) => _worker.TakeCommand(out command);

    /// <inheritdoc/>
    public int Accept(int listener, out SocketAddress peer) => _worker.Accept(listener, out peer);

    /// <inheritdoc/>
    public int ConnectResult(int fd) => _worker.ConnectResult(fd);

    /// <inheritdoc/>
    public void Execute(Span<Operation> operations) => _worker.Execute(operations);

    /// <inheritdoc/>
    public int Open(in SocketAddress address) => _worker.Open(address);

    /// <inheritdoc/>
    public int SetOption(int fd, SocketOption option, int value) => _worker.SetOption(fd, option, value);

    /// <inheritdoc/>
    public int Connect(int fd, in SocketAddress address) => _worker.Connect(fd, address);

    /// <inheritdoc/>
    public int MakePipe(out int readEnd, out int writeEnd) => _worker.MakePipe(out readEnd, out writeEnd);

    /// <inheritdoc/>
    public int Unacknowledged(int fd) => _worker.Unacknowledged(fd);

    /// <inheritdoc/>
    public int Shutdown(int fd) => _worker.Shutdown(fd);

    /// <inheritdoc/>
    public int Close(int fd) => _worker.Close(fd);

    /// <inheritdoc/>
    public void Notify() => _worker.Notify();

    /// <inheritdoc/>
    public void Mark(MarkId id) => _worker.Mark(id);
}

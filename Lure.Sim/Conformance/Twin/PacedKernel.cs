using System;
using Lure.Core.Kernel;

namespace Lure.Sim.Conformance.Twin;

/// <summary>When the loop may sleep, and what its last wait gave.</summary>
internal sealed class Pace
{
    /// <summary>False: waits only look, so that a turn comes back whatever happens.</summary>
    public bool MaySleep { get; set; }

    /// <summary>Reports of the last wait.</summary>
    public int Reported { get; set; }
}

/// <summary>A kernel whose waits return at once: who moves the peers is the one who turns the loop.</summary>
internal readonly struct PacedKernel<TKernel>(TKernel kernel, Pace pace) : ISyscalls
    where TKernel : struct, ISyscalls
{
    public long Now() => kernel.Now();

    public int Watch(int fd, Interest interest, ulong token) => kernel.Watch(fd, interest, token);

    public int Rewatch(int fd, Interest interest, ulong token) => kernel.Rewatch(fd, interest, token);

    public int Unwatch(int fd) => kernel.Unwatch(fd);

    public int Wait(Span<KernelEvent> events, long deadline)
    {
        int count = kernel.Wait(events, pace.MaySleep ? deadline : 0);
        pace.Reported = Math.Max(0, count);
        return count;
    }

    public bool TakeCommand(out Command command) => kernel.TakeCommand(out command);

    public int Accept(int listener, out SocketAddress peer) => kernel.Accept(listener, out peer);

    public int ConnectResult(int fd) => kernel.ConnectResult(fd);

    public void Execute(Span<Operation> operations) => kernel.Execute(operations);

    public int Open(in SocketAddress address) => kernel.Open(address);

    public int SetOption(int fd, SocketOption option, int value) => kernel.SetOption(fd, option, value);

    public int Connect(int fd, in SocketAddress address) => kernel.Connect(fd, address);

    public int MakePipe(out int readEnd, out int writeEnd) => kernel.MakePipe(out readEnd, out writeEnd);

    public int Unacknowledged(int fd) => kernel.Unacknowledged(fd);

    public int Shutdown(int fd) => kernel.Shutdown(fd);

    public int Close(int fd) => kernel.Close(fd);

    public void Notify() => kernel.Notify();

    public void Mark(MarkId id) => kernel.Mark(id);
}

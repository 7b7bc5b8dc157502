using System;
using Lure.Core.Kernel;

namespace Lure.Sim.Canaries;

/// <summary>
/// The fake kernel with a liar in front of it. The loop is compiled for it as for any other kernel; the
/// checks stand behind the liar and see what really happened.
/// </summary>
internal readonly struct LyingKernel(FakeKernel truth, Lie lie) : ISyscalls
{
    public long Now() => lie.Now(truth);

    public int Watch(int fd, Interest interest, ulong token) => lie.Watch(truth, fd, interest, token);

    public int Rewatch(int fd, Interest interest, ulong token) => truth.Rewatch(fd, interest, token);

    public int Unwatch(int fd) => truth.Unwatch(fd);

    public int Wait(Span<KernelEvent> events, long deadline) => lie.Wait(truth, events, deadline);

    public bool TakeCommand(out Command command) => lie.TakeCommand(truth, out command);

    public int Accept(int listener, out SocketAddress peer) => lie.Accept(truth, listener, out peer);

    public int ConnectResult(int fd) => lie.ConnectResult(truth, fd);

    public void Execute(Span<Operation> operations)
    {
        for (int i = 0; i < operations.Length; i++)
        {
            lie.Execute(truth, ref operations[i]);
        }
    }

    public int Open(in SocketAddress address) => truth.Open(address);

    public int SetOption(int fd, SocketOption option, int value) => lie.SetOption(truth, fd, option, value);

    public int Connect(int fd, in SocketAddress address) => truth.Connect(fd, address);

    public int MakePipe(out int readEnd, out int writeEnd) => truth.MakePipe(out readEnd, out writeEnd);

    public int Unacknowledged(int fd) => lie.Unacknowledged(truth, fd);

    public int Shutdown(int fd) => lie.Shutdown(truth, fd);

    public int Close(int fd) => lie.Close(truth, fd);

    public void Notify() => truth.Notify();

    public void Mark(MarkId id) => truth.Mark(id);
}

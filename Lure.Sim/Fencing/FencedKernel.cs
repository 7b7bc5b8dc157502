using System;
using Lure.Core.Kernel;

namespace Lure.Sim.Fencing;

/// <summary>The fake kernel behind a fence: what a call allocates is not the loop's.</summary>
internal readonly struct FencedKernel(FakeKernel fake, AllocationFence fence) : ISyscalls
{
    public long Now()
    {
        bool within = fence.Leave();
        long result = fake.Now();
        fence.Return(within);
        return result;
    }

    public int Watch(int fd, Interest interest, ulong token)
    {
        bool within = fence.Leave();
        int result = fake.Watch(fd, interest, token);
        fence.Return(within);
        return result;
    }

    public int Rewatch(int fd, Interest interest, ulong token)
    {
        bool within = fence.Leave();
        int result = fake.Rewatch(fd, interest, token);
        fence.Return(within);
        return result;
    }

    public int Unwatch(int fd)
    {
        bool within = fence.Leave();
        int result = fake.Unwatch(fd);
        fence.Return(within);
        return result;
    }

    public int Wait(Span<KernelEvent> events, long deadline)
    {
        bool within = fence.Leave();
        int result = fake.Wait(events, deadline);
        fence.Return(within);
        return result;
    }

    public bool TakeCommand(out Command command)
    {
        bool within = fence.Leave();
        bool result = fake.TakeCommand(out command);
        fence.Return(within);
        return result;
    }

    public int Accept(int listener, out SocketAddress peer)
    {
        bool within = fence.Leave();
        int result = fake.Accept(listener, out peer);
        fence.Return(within);
        return result;
    }

    public int ConnectResult(int fd)
    {
        bool within = fence.Leave();
        int result = fake.ConnectResult(fd);
        fence.Return(within);
        return result;
    }

    public void Execute(Span<Operation> operations)
    {
        bool within = fence.Leave();
        fake.Execute(operations);
        fence.Return(within);
    }

    public int Open(in SocketAddress address)
    {
        bool within = fence.Leave();
        int result = fake.Open(address);
        fence.Return(within);
        return result;
    }

    public int SetOption(int fd, SocketOption option, int value)
    {
        bool within = fence.Leave();
        int result = fake.SetOption(fd, option, value);
        fence.Return(within);
        return result;
    }

    public int Connect(int fd, in SocketAddress address)
    {
        bool within = fence.Leave();
        int result = fake.Connect(fd, address);
        fence.Return(within);
        return result;
    }

    public int MakePipe(out int readEnd, out int writeEnd)
    {
        bool within = fence.Leave();
        int result = fake.MakePipe(out readEnd, out writeEnd);
        fence.Return(within);
        return result;
    }

    public int Unacknowledged(int fd)
    {
        bool within = fence.Leave();
        int result = fake.Unacknowledged(fd);
        fence.Return(within);
        return result;
    }

    public int Shutdown(int fd)
    {
        bool within = fence.Leave();
        int result = fake.Shutdown(fd);
        fence.Return(within);
        return result;
    }

    public int Close(int fd)
    {
        bool within = fence.Leave();
        int result = fake.Close(fd);
        fence.Return(within);
        return result;
    }

    public void Notify()
    {
        bool within = fence.Leave();
        fake.Notify();
        fence.Return(within);
    }

    public void Mark(MarkId id)
    {
        bool within = fence.Leave();
        fake.Mark(id);
        fence.Return(within);
    }
}

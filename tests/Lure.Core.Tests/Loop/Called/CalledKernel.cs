using System;
using System.Collections.Generic;
using Lure.Core.Kernel;
using Lure.Sim;

namespace Lure.Core.Tests.Loop.Called;

/// <summary>What the seam carries beside calls: time, events, and the tokens by which they are known.</summary>
internal sealed class CalledWorld
{
    /// <summary>ns.</summary>
    public long Now { get; set; } = LoopBench.Second;

    public Queue<(int Fd, Readiness Readiness)> Events { get; } = [];

    /// <summary>Bytes that the last read had room for.</summary>
    public long Asked { get; set; }

    public Dictionary<int, ulong> Tokens { get; } = [];
}

/// <summary>A kernel that is nothing but the answers which a test has given it.</summary>
internal readonly struct CalledKernel(IKernelCalls calls, CalledWorld world) : ISyscalls
{
    public long Now() => world.Now;

    public int Watch(int fd, Interest interest, ulong token)
    {
        world.Tokens[fd] = token;
        return calls.Watch(fd);
    }

    public int Rewatch(int fd, Interest interest, ulong token) => calls.Rewatch(fd);

    public int Unwatch(int fd) => calls.Unwatch(fd);

    public int Wait(Span<KernelEvent> events, long deadline)
    {
        int answer = calls.Wait();
        int count = 0;
        while (answer == 0 && world.Events.TryDequeue(out (int Fd, Readiness Readiness) report))
        {
            events[count++] = new KernelEvent { Token = world.Tokens[report.Fd], Readiness = report.Readiness };
        }

        return answer < 0 ? answer : count;
    }

    public bool TakeCommand(out Command command)
    {
        command = default;
        return false;
    }

    public int Accept(int listener, out SocketAddress peer)
    {
        peer = FakeAddress.IPv4(4000);
        return calls.Accept(listener);
    }

    public int ConnectResult(int fd) => calls.ConnectResult(fd);

    public void Execute(Span<Operation> operations)
    {
        if (operations.IsEmpty)
        {
            throw new InvalidOperationException("a batch of nothing is a call for nothing");
        }

        foreach (ref Operation operation in operations)
        {
            bool reads = operation.Kind == OperationKind.Receive;
            world.Asked = reads ? (long)operation.Asked : world.Asked;
            operation.Result = reads
                ? calls.Receive(operation.Fd)
                : calls.Send(operation.Fd, (int)operation.First.Length);
        }
    }

    public int Open(in SocketAddress address) => calls.Open();

    public int SetOption(int fd, SocketOption option, int value) => calls.SetOption(fd, option);

    public int Connect(int fd, in SocketAddress address) => calls.Connect(fd);

    public int MakePipe(out int readEnd, out int writeEnd)
    {
        readEnd = writeEnd = -1;
        return -Errno.TooManyFiles;
    }

    public int Unacknowledged(int fd) => calls.Unacknowledged(fd);

    public int Shutdown(int fd) => calls.Shutdown(fd);

    public int Close(int fd) => calls.Close(fd);

    public void Notify() { }

    public void Mark(MarkId id) { }
}

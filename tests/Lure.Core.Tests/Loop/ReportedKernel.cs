using System;
using System.Collections.Generic;
using Lure.Core.Kernel;
using Lure.Sim;

namespace Lure.Core.Tests.Loop;

/// <summary>The calls that are counted one by one; without pointers and spans, so that it can be mocked.</summary>
public interface ICallObserver
{
    void Watch(int fd);

    void Rewatch(int fd);

    void Unwatch(int fd);

    void ConnectResult(int fd);

    void SetOption(int fd, SocketOption option);

    void Unacknowledged(int fd);

    void Shutdown(int fd);

    void Close(int fd);
}

/// <summary>What a test changes about waits, and who looks on.</summary>
internal sealed class Waits
{
    private const int CallsPerTurnMax = 20_000;

    /// <summary>Reported besides what is true: hang-ups that some kernels invent, tokens of sessions long gone.</summary>
    public Queue<KernelEvent> Reports { get; } = [];

    private int _callsLeft;

    /// <summary>Told of every call that it has a method for, before it is made.</summary>
    public ICallObserver? Observer { get; set; }

    /// <summary>ns: no wait goes beyond, as if a signal that is not for the loop had come.</summary>
    public long Until { get; set; } = long.MaxValue;

    /// <summary>Operations that were handed over in one call, at most.</summary>
    public int LongestBatch { get; set; }

    public void BeginTurn() => _callsLeft = CallsPerTurnMax;

    /// <summary>A turn that makes so many calls would never end: a failure in microseconds instead of a hang.</summary>
    public void Count()
    {
        if (--_callsLeft < 0)
        {
            throw new InvalidOperationException("a turn does not end");
        }
    }
}

/// <summary>The fake kernel, with waits that a test may meddle with.</summary>
internal readonly struct ReportedKernel(FakeKernel fake, Waits waits) : ISyscalls
{
    public long Now() => fake.Now();

    public int Watch(int fd, Interest interest, ulong token)
    {
        waits.Observer?.Watch(fd);
        return fake.Watch(fd, interest, token);
    }

    public int Rewatch(int fd, Interest interest, ulong token)
    {
        waits.Observer?.Rewatch(fd);
        return fake.Rewatch(fd, interest, token);
    }

    public int Unwatch(int fd)
    {
        waits.Observer?.Unwatch(fd);
        return fake.Unwatch(fd);
    }

    public int Wait(Span<KernelEvent> events, long deadline)
    {
        waits.BeginTurn();
        int count = fake.Wait(events, waits.Reports.Count > 0 ? 0 : Math.Min(deadline, waits.Until));
        while (count >= 0 && count < events.Length && waits.Reports.TryDequeue(out KernelEvent report))
        {
            events[count++] = report;
        }

        return count;
    }

    public bool TakeCommand(out Command command) => fake.TakeCommand(out command);

    public int Accept(int listener, out SocketAddress peer)
    {
        waits.Count();
        return fake.Accept(listener, out peer);
    }

    public int ConnectResult(int fd)
    {
        waits.Count();
        waits.Observer?.ConnectResult(fd);
        return fake.ConnectResult(fd);
    }

    public void Execute(Span<Operation> operations)
    {
        waits.Count();
        waits.LongestBatch = Math.Max(waits.LongestBatch, operations.Length);
        fake.Execute(operations);
    }

    public int Open(in SocketAddress address)
    {
        waits.Count();
        return fake.Open(address);
    }

    public int SetOption(int fd, SocketOption option, int value)
    {
        waits.Observer?.SetOption(fd, option);
        return fake.SetOption(fd, option, value);
    }

    public int Connect(int fd, in SocketAddress address) => fake.Connect(fd, address);

    public int MakePipe(out int readEnd, out int writeEnd) => fake.MakePipe(out readEnd, out writeEnd);

    public int Unacknowledged(int fd)
    {
        waits.Observer?.Unacknowledged(fd);
        return fake.Unacknowledged(fd);
    }

    public int Shutdown(int fd)
    {
        waits.Observer?.Shutdown(fd);
        return fake.Shutdown(fd);
    }

    public int Close(int fd)
    {
        waits.Observer?.Close(fd);
        return fake.Close(fd);
    }

    public void Notify() => fake.Notify();

    public void Mark(MarkId id) => fake.Mark(id);
}

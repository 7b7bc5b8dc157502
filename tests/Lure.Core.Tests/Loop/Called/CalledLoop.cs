using System;
using System.Collections.Generic;
using System.Linq;
using System.Linq.Expressions;
using Lure.Core.Backends;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Core.Records;
using Lure.Core.Tests.Memory;
using Moq;

namespace Lure.Core.Tests.Loop.Called;

/// <summary>
/// One loop over a mocked kernel: for what the fake kernel never answers in this order, and for the exact calls that
/// an error is followed by. Listener 3; clients from 4 on, as the test accepts them; sockets to servers from 10 on.
/// </summary>
internal sealed class CalledLoop : IDisposable
{
    public const int Listener = 3;
    public const int Client = 4;
    public const int Server = 10;
    public const int NextServer = 11;

    /// <summary>All that epoll can report of a connection at once.</summary>
    public const Readiness All =
        Readiness.In | Readiness.Out | Readiness.Error | Readiness.HangUp | Readiness.ReadHangUp;

    private readonly TestArena _memory = new(16 << 20);
    private readonly Mock<IKernelCalls> _calls = new(MockBehavior.Strict);
    private readonly CalledWorld _world = new();
    private readonly RecordRing _records;
    private readonly EventLoop<CalledKernel> _loop;

    public CalledLoop()
        : this(options => options) { }

    public CalledLoop(Func<LoopOptions, LoopOptions> change)
        : this(change, LoopBench.ServerAddress(0), LoopBench.ServerAddress(1)) { }

    public CalledLoop(Func<LoopOptions, LoopOptions> change, params SocketAddress[] servers)
    {
        Topology topology = new()
        {
            Backends = [new BackendSpec { Name = "b", Servers = [.. servers.Select(Spec)] }],
            Listeners = 1,
        };
        LoopOptions options = change(new LoopOptions { Sessions = 4 });
        SharedState shared = new(ref _memory.Arena, 1, servers.Length, 4, 8);
        _records = new RecordRing(ref _memory.Arena, 16);
        Answer(calls => calls.Watch(It.IsAny<int>()), 0);
        Answer(calls => calls.Unwatch(It.IsAny<int>()), 0);
        Answer(calls => calls.Wait(), 0);
        Answer(calls => calls.Accept(Listener), -Errno.Again);
        Answer(calls => calls.Open(), Server, NextServer);
        Answer(calls => calls.Connect(It.IsAny<int>()), -Errno.InProgress);
        Answer(calls => calls.ConnectResult(It.IsAny<int>()), 0);
        Answer(calls => calls.Receive(It.IsAny<int>()), -Errno.Again);
        Answer(calls => calls.SetOption(It.IsAny<int>(), It.IsAny<SocketOption>()), 0);
        Answer(calls => calls.Unacknowledged(It.IsAny<int>()), 0);
        Answer(calls => calls.Shutdown(It.IsAny<int>()), 0);
        Answer(calls => calls.Close(It.IsAny<int>()), 0);
        _calls.Setup(calls => calls.Send(It.IsAny<int>(), It.IsAny<int>())).Returns((int _, int count) => count);
        _loop = new EventLoop<CalledKernel>(
            new CalledKernel(_calls.Object, _world),
            options,
            topology,
            shared,
            _records,
            [new ListenerSpec(Listener, Number: 0, Backend: 0, Shared: false)],
            ref _memory.Arena
        );
        Turn();
    }

    public ConnectionFlags FlagsOf(int slot)
    {
        _loop.TryInspect(slot, out SessionView session);
        return session.Flags;
    }

    public int TimersArmed => _loop.TimersArmed;

    public int Sessions => _loop.Sessions;

    /// <summary>Bytes that the last read had room for.</summary>
    public long Asked => _world.Asked;

    /// <summary>What the next calls of this kind are answered by; the last answer stays.</summary>
    public void Answer(Expression<Func<IKernelCalls, int>> call, params int[] answers)
    {
        int next = 0;
        _calls.Setup(call).Returns(() => answers[Math.Min(next++, answers.Length - 1)]);
    }

    /// <summary>One turn with these reports.</summary>
    /// <returns>The calls that it made, but for the wait.</returns>
    public string[] Turn(params (int Fd, Readiness Readiness)[] events)
    {
        foreach ((int, Readiness) report in events)
        {
            _world.Events.Enqueue(report);
        }

        _calls.Invocations.Clear();
        _loop.RunTurn();
        return
        [
            .. _calls
                .Invocations.Select(call => $"{call.Method.Name} {string.Join(' ', call.Arguments)}".Trim())
                .Where(call => call != nameof(IKernelCalls.Wait)),
        ];
    }

    /// <summary>One turn with a report for this token.</summary>
    public void TurnWith(ulong token)
    {
        const int Anybody = 99;
        _world.Tokens[Anybody] = token;
        Turn((Anybody, Readiness.In));
    }

    public string[] TurnAfter(long nanoseconds)
    {
        _world.Now += nanoseconds;
        return Turn();
    }

    /// <summary>A client that was accepted, and whose server is being connected to; both are watched.</summary>
    public void Connect()
    {
        Answer(calls => calls.Accept(Listener), Client, -Errno.Again);
        Turn((Listener, Readiness.In));
        Turn();
    }

    /// <summary>A session that relays.</summary>
    public void Establish()
    {
        Connect();
        Turn((Server, Readiness.Out));
    }

    public string TheEnd()
    {
        List<string> ends = [];
        while (_records.TryTake(out LoopRecord record))
        {
            if (record.Kind == RecordKind.SessionEnd)
            {
                ends.Add(LoopBench.CodeOf(record));
            }
        }

        return string.Join(' ', ends);
    }

    public void Dispose() => _memory.Dispose();

    private static ServerSpec Spec(SocketAddress address, int number) =>
        new() { Name = $"s{number}", Address = address };
}

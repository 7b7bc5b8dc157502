using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lure.Core.Backends;
using Lure.Core.Loop;
using Lure.Core.Records;
using Lure.Core.Tests.Memory;
using Lure.Sim;
using Lure.Sim.Peers;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>Several loops of one process on one thread: what they share is real, whose turn it is the test says.</summary>
internal sealed class WorkersBench : IDisposable
{
    private const int TurnsMax = 2_000;

    private readonly TestArena _memory = new(64 << 20);
    private readonly List<FakeKernel> _kernels = [];

    public WorkersBench(int workers, int sessionsMax, int servers = 2, Func<ServerSpec, ServerSpec>? server = null)
    {
        ImmutableArray<ServerSpec> specs =
        [
            .. Enumerable
                .Range(0, servers)
                .Select(i => new ServerSpec { Name = $"s{i}", Address = LoopBench.ServerAddress(i) })
                .Select(server ?? (spec => spec)),
        ];
        BackendSpec backend = new() { Name = "b", Servers = specs };
        Topology topology = new() { Backends = [backend], Listeners = 1 };
        Shared = new SharedState(ref _memory.Arena, 1, servers, sessionsMax, 2 * sessionsMax);
        for (int i = 0; i < servers; i++)
        {
            Servers.Add(World.Listen(LoopBench.ServerAddress(i)));
        }

        for (int i = 0; i < workers; i++)
        {
            FakeKernel kernel = new(World);
            RecordRing records = new(ref _memory.Arena, 64);
            ListenerSpec listener = new(World.OpenListener(LoopBench.Front), Number: 0, Backend: 0, Shared: false);
            LoopOptions options = new() { Sessions = sessionsMax, Worker = i };
            Loops.Add(new(kernel, options, topology, Shared, records, [listener], ref _memory.Arena));
            _kernels.Add(kernel);
            Records.Add(records);
        }

        Settle();
    }

    public FakeWorld World { get; } = new(new WorldOptions { IdleWaitReturns = true });

    public SharedState Shared { get; }

    public List<EventLoop<FakeKernel>> Loops { get; } = [];

    public List<RecordRing> Records { get; } = [];

    public List<FakeListener> Servers { get; } = [];

    public int Sessions => Loops.Sum(loop => loop.Sessions);

    public void Settle()
    {
        int turns = 0;
        for (bool moved = true; moved; )
        {
            moved = false;
            Assert.That(turns++, Is.LessThan(TurnsMax), "the loops do not come to rest");
            for (int i = 0; i < Loops.Count; i++)
            {
                if (Loops[i].HasWork || _kernels[i].HasEvents)
                {
                    moved = true;
                    Loops[i].RunTurn();
                }
            }
        }
    }

    public List<FakePeer> Connect(int count)
    {
        List<FakePeer> clients = [];
        for (int i = 0; i < count; i++)
        {
            clients.Add(World.Connect(LoopBench.Front));
        }

        Settle();
        return clients;
    }

    public IEnumerable<LoopRecord> TakeRecords()
    {
        foreach (RecordRing ring in Records)
        {
            while (ring.TryTake(out LoopRecord record))
            {
                yield return record;
            }
        }
    }

    public void Dispose() => _memory.Dispose();
}

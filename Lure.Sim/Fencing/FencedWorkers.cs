using System.Collections.Generic;
using Lure.Core.Backends;
using Lure.Core.Loop;
using Lure.Core.Memory;
using Lure.Core.Records;
using Lure.Sim.Running;

namespace Lure.Sim.Fencing;

/// <summary>Loops behind a fence: the bytes they allocate in their turns, over all simulations they run in.</summary>
internal sealed class FencedWorkers : WorkerSet
{
    private readonly List<EventLoop<FencedKernel>> _loops = [];
    private readonly AllocationFence _fence = new();
    private long _eventsBefore;

    /// <summary>Allocated by the loops themselves.</summary>
    public long Bytes => _fence.Bytes;

    /// <summary>Events that the loops have handled.</summary>
    public long Events => _eventsBefore + EventsOfThese();

    protected override void BeginLoops()
    {
        _eventsBefore = Events;
        _loops.Clear();
    }

    protected override ILoopInspection AddLoop(
        FakeKernel kernel,
        LoopOptions options,
        Topology topology,
        SharedState shared,
        RecordRing records,
        ListenerSpec[] listeners,
        ref Arena arena
    )
    {
        FencedKernel fenced = new(kernel, _fence);
        EventLoop<FencedKernel> loop = new(fenced, options, topology, shared, records, listeners, ref arena);
        _loops.Add(loop);
        return loop;
    }

    protected override bool Turn(int worker)
    {
        _fence.Enter();
        try
        {
            return _loops[worker].RunTurn();
        }
        finally
        {
            _ = _fence.Leave();
        }
    }

    private long EventsOfThese()
    {
        long sum = 0;
        foreach (EventLoop<FencedKernel> loop in _loops)
        {
            sum += loop.Counters.Events;
        }

        return sum;
    }
}

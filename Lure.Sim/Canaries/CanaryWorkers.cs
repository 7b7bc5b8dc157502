using System.Collections.Generic;
using Lure.Core.Backends;
using Lure.Core.Loop;
using Lure.Core.Memory;
using Lure.Core.Records;
using Lure.Sim.Running;

namespace Lure.Sim.Canaries;

/// <summary>
/// Loops compiled for the kernel that lies. One compilation serves all lies: which one is told stands
/// beside the kernel, for a loop a lie would be code for nothing.
/// </summary>
internal sealed class CanaryWorkers : WorkerSet
{
    private readonly List<EventLoop<LyingKernel>> _loops = [];
    private Lie _lie = new NoLie();

    /// <summary>What the next runs are lied to about.</summary>
    public Canary? Canary
    {
        get;
        set
        {
            field = value;
            _lie = value?.Tell() ?? new NoLie();
        }
    }

    protected override void BeginLoops()
    {
        _loops.Clear();
        if (Canary is { Outlasts: false } canary)
        {
            _lie = canary.Tell();
        }
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
        LyingKernel liar = new(kernel, _lie);
        EventLoop<LyingKernel> loop = new(liar, options, topology, shared, records, listeners, ref arena);
        _loops.Add(loop);
        return Canary?.Show is { } show ? show(loop) : loop;
    }

    protected override bool Turn(int worker) => _loops[worker].RunTurn();
}

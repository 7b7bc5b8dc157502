using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Lure.Core.Backends;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Core.Memory;
using Lure.Core.Records;

namespace Lure.Sim.Running;

/// <summary>A kernel that loops can be compiled for, over the fake one: the fake itself, or one that lies.</summary>
public interface ISimulatedKernel<TSelf> : ISyscalls
    where TSelf : struct, ISimulatedKernel<TSelf>
{
    static abstract TSelf Over(FakeKernel kernel);
}

/// <summary>The loops of one process, in memory that is used again by the next simulation.</summary>
internal abstract unsafe class WorkerSet : IDisposable
{
    private const int RecordsMax = 256;
    private const nuint Slack = 64 * 1024;

    private readonly List<ILoopInspection> _loops = [];
    private readonly List<FakeKernel> _kernels = [];
    private readonly List<RecordRing> _records = [];
    private readonly List<bool> _running = [];
    private byte* _memory;
    private nuint _size;

    public int Count => _loops.Count;

    public SharedState Shared { get; private set; } = null!;

    public ILoopInspection Loop(int worker) => _loops[worker];

    public FakeKernel Kernel(int worker) => _kernels[worker];

    public RecordRing Records(int worker) => _records[worker];

    /// <summary>False once the loop was drained or stopped.</summary>
    public bool IsRunning(int worker) => _running[worker];

    public void RunTurn(int worker) => _running[worker] = Turn(worker);

    /// <param name="world">Their kernel.</param>
    /// <param name="plan">Their bounds.</param>
    /// <param name="topology">What they relay to.</param>
    /// <param name="listeners">By worker and front.</param>
    public void Begin(FakeWorld world, Plan plan, Topology topology, ListenerSpec[][] listeners)
    {
        _loops.Clear();
        _kernels.Clear();
        _records.Clear();
        _running.Clear();
        BeginLoops();
        nuint each = LoopMemory.BytesRequired(plan.Loop, topology) + Slack;
        Arena arena = Reserve(each * (nuint)plan.Workers + Slack, plan, topology);
        Shared = new SharedState(
            ref arena,
            topology.Listeners,
            topology.ServerCount,
            plan.SessionsMax,
            plan.DescriptorsMax == 0 ? 2 * plan.SessionsMax : plan.DescriptorsMax
        );
        for (int i = 0; i < plan.Workers; i++)
        {
            RecordRing records = new(ref arena, RecordsMax);
            FakeKernel kernel = new(world);
            LoopOptions options =
                plan.Workers == 1 ? plan.Loop : plan.Loop with { Worker = i, Seed = plan.Loop.Seed + (ulong)i };
            _kernels.Add(kernel);
            _records.Add(records);
            _loops.Add(AddLoop(kernel, options, topology, Shared, records, listeners[i], ref arena));
            _running.Add(true);
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }

    protected abstract void BeginLoops();

    protected abstract ILoopInspection AddLoop(
        FakeKernel kernel,
        LoopOptions options,
        Topology topology,
        SharedState shared,
        RecordRing records,
        ListenerSpec[] listeners,
        ref Arena arena
    );

    protected abstract bool Turn(int worker);

    private Arena Reserve(nuint size, Plan plan, Topology topology)
    {
        if (size > _size)
        {
            NativeMemory.AlignedFree(_memory);
            _size = System.Numerics.BitOperations.RoundUpToPowerOf2(size);
            _memory = (byte*)NativeMemory.AlignedAlloc(_size, 4096);
        }

        NativeMemory.Clear(_memory, size);
        return new Arena(_memory, size);
    }
}

/// <summary>Loops compiled for one kernel.</summary>
internal sealed class WorkerSet<TKernel> : WorkerSet
    where TKernel : struct, ISimulatedKernel<TKernel>
{
    private readonly List<EventLoop<TKernel>> _loops = [];

    protected override void BeginLoops() => _loops.Clear();

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
        EventLoop<TKernel> loop = new(TKernel.Over(kernel), options, topology, shared, records, listeners, ref arena);
        _loops.Add(loop);
        return loop;
    }

    protected override bool Turn(int worker) => _loops[worker].RunTurn();
}

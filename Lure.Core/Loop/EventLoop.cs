using System;
using Lure.Core.Backends;
using Lure.Core.Kernel;
using Lure.Core.Memory;
using Lure.Core.Records;

namespace Lure.Core.Loop;

/// <summary>One worker: its sessions, buffers and timers, and the turn that moves them.</summary>
public sealed unsafe partial class EventLoop<TSyscalls>
    where TSyscalls : struct, ISyscalls
{
    private TSyscalls _kernel;

    /// <param name="kernel">The operating system, or the fake.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="topology">What is relayed to.</param>
    /// <param name="shared">What the workers share.</param>
    /// <param name="records">Where end records go.</param>
    /// <param name="listeners">This worker's listening sockets.</param>
    /// <param name="arena">At least <see cref="LoopMemory.BytesRequired"/> of zeroed memory.</param>
    public EventLoop(
        TSyscalls kernel,
        LoopOptions options,
        Topology topology,
        SharedState shared,
        RecordRing records,
        ReadOnlySpan<ListenerSpec> listeners,
        ref Arena arena
    )
    {
        _kernel = kernel;
        _ = (options, topology, shared, records, arena);
        _ = listeners.Length;
    }

    /// <summary>Live sessions of this worker.</summary>
    public int Sessions => 0;

    /// <summary>Readable from other threads while the loop runs.</summary>
    public LoopCounters Counters => default;

    /// <summary>Collect, execute, finalize: once.</summary>
    /// <returns>False when the loop was drained or stopped and nothing is left to do.</returns>
    public bool RunTurn() => _kernel.Now() < 0;
}

using System;
using Lure.Analyzers;
using Lure.Core.Backends;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Memory;
using Lure.Core.Records;
using Lure.Core.Time;

namespace Lure.Core.Loop;

/// <summary>One worker: its sessions, buffers and timers, and the turn that moves them.</summary>
/// <remarks>
/// <code>
///             calls the kernel for            decides                  frees
/// collect     interest, wait                  what may be tried        -
/// execute     accept, connect, read, write    which server             blocks, pipes
/// finalize    shutdown, close                 what the results mean    slots, descriptors
/// </code>
/// A byte leaves in the turn in which it arrived: the reads of a batch are followed by the writes
/// that come of them. A slot is freed in finalize only, so nothing in a turn can meet its successor.
/// </remarks>
[HotPath]
public sealed unsafe partial class EventLoop<TSyscalls>
    where TSyscalls : struct, ISyscalls
{
    private const long TickNs = 1_000_000;

    private readonly LoopOptions _options;
    private readonly SharedState _shared;
    private readonly RecordRing _records;
    private readonly BackendTable _backends;
    private readonly ListenerEntry* _listeners;
    private readonly int _listenerCount;
    private readonly BatchEntry* _batch;
    private readonly Operation* _reads;
    private readonly Operation* _writes;
    private readonly KernelEvent* _events;
    private readonly LoopCounters* _counters;
    private readonly long _epoch;

    private TSyscalls _kernel;
    private ConnectionPool _connections;
    private BufferPool _buffers;
    private PipePool _pipes;
    private TimerWheel _timers;
    private SlotQueue _runQueue;
    private SlotList _touched;
    private SlotList _watchesDue;
    private Balancer _balancer;
    private ulong _nextId;
    private long _now;
    private long _turn;
    private uint _activeTick;
    private int _turnsWithReportsLeft;
    private long _pipesRefusedUntil = long.MinValue;
    private long _drainDeadline = long.MaxValue;
    private bool _draining;
    private bool _sessionsFull;
    private bool _recordsPublished;
    private int _batchCount;
    private int _readCount;
    private int _writeCount;

    /// <param name="kernel">The operating system, or the fake.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="topology">What is relayed to.</param>
    /// <param name="shared">What the workers share.</param>
    /// <param name="records">Where end records go.</param>
    /// <param name="listeners">This worker's listening sockets.</param>
    /// <param name="arena">At least <see cref="LoopMemory.BytesRequired"/> of zeroed memory.</param>
    [ColdPath("makes the loop, once", perTurnMax: 0)]
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
        options.Validate();
        Check.That(listeners.Length <= options.Listeners, "a loop has no more listeners than it was sized for");
        LoopLayout memory = LoopLayout.Lay(ref arena, options, topology);
        memory.Backends.Fill(topology, options.Seed);

        _kernel = kernel;
        _options = options;
        _shared = shared;
        _records = records;
        _connections = memory.Connections;
        _buffers = memory.Buffers;
        _pipes = memory.Pipes;
        _timers = memory.Timers;
        _runQueue = memory.RunQueue;
        _touched = memory.Touched;
        _watchesDue = memory.WatchesDue;
        _backends = memory.Backends;
        _balancer = new Balancer(memory.Backends, shared, options.Seed);
        _batch = memory.Batch;
        _reads = memory.Reads;
        _writes = memory.Writes;
        _events = memory.Events;
        _counters = memory.Counters;
        _listeners = memory.Listeners;
        _listenerCount = listeners.Length;
        for (int i = 0; i < listeners.Length; i++)
        {
            ListenerSpec spec = listeners[i];
            _listeners[i] = new ListenerEntry
            {
                Fd = spec.Fd,
                Number = spec.Number,
                Backend = spec.Backend,
                Shared = spec.Shared,
                Burst = 1,
            };
        }

        _now = _kernel.Now();
        _epoch = _now;
    }

    /// <inheritdoc/>
    public int Sessions => _connections.Used;

    /// <inheritdoc/>
    public int BlocksInUse => _buffers.Used;

    /// <inheritdoc/>
    public int PipesInUse => _pipes.Used;

    /// <inheritdoc/>
    public bool HasWork => _turn == 0 || _runQueue.Count > 0 || _watchesDue.Count > 0;

    /// <inheritdoc/>
    public int TimersArmed => _timers.Armed;

    /// <summary>What this worker has counted; may be read by another thread while the loop runs.</summary>
    public ref readonly LoopCounters Counters => ref *_counters;

    /// <summary>Runs one turn.</summary>
    /// <returns>False when the loop was drained or stopped and has nothing left to do.</returns>
    public bool RunTurn()
    {
        _turn++;
        _counters->Turns++;
        Collect();
        Execute();
        FinalizeTurn();
        return !IsFinished();
    }

    private bool IsFinished() => _draining && _connections.Used == 0 && AreListenersClosed();

    /// <summary>Slot and direction of the owner of a block or a pipe, from 1 on.</summary>
    private static int Owner(int slot, Side source) => (2 * slot) + (int)source + 1;

    /// <summary>The present in ticks, rounded down: no timer fires early.</summary>
    private long TickNow => (_now - _epoch) / TickNs;

    /// <summary>The present in ticks, rounded up: what starts now is not counted from before.</summary>
    private long TickAfter => (_now - _epoch + TickNs - 1) / TickNs;

    /// <summary>A deadline in ticks, rounded up.</summary>
    private long TickOf(long deadline) => (deadline - _epoch + TickNs - 1) / TickNs;

    private void Enqueue(int slot, Connection* connection)
    {
        if (!connection->Flags.Has(ConnectionFlags.Queued))
        {
            connection->Flags |= ConnectionFlags.Queued;
            _runQueue.Add(slot);
        }
    }
}

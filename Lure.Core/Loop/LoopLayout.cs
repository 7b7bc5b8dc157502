using Lure.Core.Backends;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Memory;
using Lure.Core.Time;

namespace Lure.Core.Loop;

/// <summary>Everything that a loop takes from its arena, in one place: what is measured is what is taken.</summary>
internal unsafe struct LoopLayout
{
    public ConnectionPool Connections;
    public BufferPool Buffers;
    public PipePool Pipes;
    public TimerWheel Timers;
    public SlotQueue RunQueue;
    public SlotList Touched;
    public SlotList WatchesDue;
    public BackendTable Backends;
    public ListenerEntry* Listeners;
    public BatchEntry* Batch;
    public Operation* Reads;
    public Operation* Writes;
    public KernelEvent* Events;
    public LoopCounters* Counters;

    public static LoopLayout Lay(ref Arena arena, LoopOptions options, Topology topology)
    {
        int sessions = options.Sessions;
        return new LoopLayout
        {
            Counters = arena.Take<LoopCounters>(1),
            Batch = arena.Take<BatchEntry>(options.BatchReads),
            Reads = arena.Take<Operation>(options.BatchReads),
            Writes = arena.Take<Operation>(2 * options.BatchReads),
            Events = arena.Take<KernelEvent>(options.EventsPerTurn),
            Listeners = arena.Take<ListenerEntry>(options.Listeners),
            Backends = new BackendTable(ref arena, topology),
            RunQueue = new SlotQueue(ref arena, sessions),
            Touched = new SlotList(ref arena, sessions),
            WatchesDue = new SlotList(ref arena, sessions),
            Timers = new TimerWheel(ref arena, sessions, now: 0),
            Connections = new ConnectionPool(ref arena, sessions),
            Pipes = new PipePool(ref arena, options.Pipes),
            Buffers = new BufferPool(ref arena, BufferPool.BlocksFor(sessions, options.BatchReads), options.BlockBytes),
        };
    }
}

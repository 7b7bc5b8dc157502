using System;
using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using System.Threading;
using Lure.Core.Backends;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Core.Memory;
using Lure.Core.Records;
using Lure.Linux.Kernel;
using Lure.Linux.Kernel.Batches;
using Lure.Linux.Machine;

namespace Lure.Linux.Relay;

/// <summary>What one worker is made of.</summary>
internal sealed record WorkerPlan
{
    public required LoopOptions Options { get; init; }

    public required KernelOptions Kernel { get; init; }

    public required Topology Topology { get; init; }

    public required SharedState Shared { get; init; }

    /// <summary>This worker's sockets.</summary>
    public required ImmutableArray<ListenerSpec> Listeners { get; init; }

    /// <summary>The CPU to stay on; null: where the scheduler puts it.</summary>
    public int? Cpu { get; init; }

    /// <summary>Whose memory the pools take; null for no wish.</summary>
    public int? Node { get; init; }

    /// <summary>End records that wait for the log at most; a power of two.</summary>
    public int RecordCapacity { get; init; } = 8192;
}

/// <summary>A thread with one loop, and nothing else on it.</summary>
internal sealed class Worker : IDisposable
{
    private readonly WorkerPlan _plan;
    private readonly EventFd _records;
    private readonly Mailbox _mailbox;
    private readonly NativeMapping _loopMemory;
    private readonly NativeMapping _recordMemory;
    private readonly ManualResetEventSlim _made = new();
    private readonly ManualResetEventSlim _go = new();
    private readonly Thread _thread;
    private EventLoop<LinuxKernel>? _loop;
    private ExceptionDispatchInfo? _startFailure;
    private volatile bool _cancelled;
    private long _allocated;

    /// <param name="plan">What it is made of.</param>
    /// <param name="records">Raised for the reader of the end records.</param>
    /// <exception cref="InsufficientAddressSpaceException">The pools do not fit.</exception>
    public Worker(WorkerPlan plan, EventFd records)
    {
        _plan = plan;
        _records = records;
        _loopMemory = NativeMapping.Create(LoopMemory.BytesRequired(plan.Options, plan.Topology), plan.Node);
        Arena measure = Arena.Measuring;
        _ = new RecordRing(ref measure, plan.RecordCapacity);
        _recordMemory = NativeMapping.Create(measure.Used, plan.Node);
        Arena arena = _recordMemory.AsArena();
        Records = new RecordRing(ref arena, plan.RecordCapacity);
        _mailbox = new Mailbox();
        _thread = new Thread(Run) { Name = $"lure-{plan.Options.Worker}", IsBackground = true };
    }

    /// <summary>Where this worker's end records come out; one reader.</summary>
    public RecordRing Records { get; }

    /// <summary>What became of this worker's batches.</summary>
    public BatchCounters Batches => _plan.Kernel.Batches;

    /// <summary>What this worker counted; readable until it is disposed.</summary>
    public LoopCounters Counters => Volatile.Read(ref _loop)?.Counters ?? default;

    /// <summary>Bytes that this worker's thread allocated from its first turn to its last; known when it has ended.</summary>
    public long AllocatedBytes => Volatile.Read(ref _allocated);

    /// <summary>Called on this worker's thread as its last act: with null, or with what ended it.</summary>
    public required Action<Worker, Exception?> Ended { get; init; }

    /// <summary>Starts the thread and returns when its loop is made. It does not run before <see cref="Go"/>.</summary>
    /// <exception cref="InvalidOperationException">The kernel refused a descriptor.</exception>
    public void Prepare()
    {
        _thread.Start();
        _made.Wait();
        _startFailure?.Throw();
    }

    public void Go() => _go.Set();

    /// <summary>Posts a command. From one thread at a time.</summary>
    /// <returns>False when its mailbox is full.</returns>
    public bool TryPost(Command command) => _mailbox.TryPost(command);

    /// <summary>Waits for the thread and gives the memory back. A thread that was prepared only is told to leave.</summary>
    public void Dispose()
    {
        _cancelled = true;
        _go.Set();
        if ((_thread.ThreadState & ThreadState.Unstarted) == 0)
        {
            _thread.Join();
        }

        _mailbox.Dispose();
        _loopMemory.Dispose();
        _recordMemory.Dispose();
        _made.Dispose();
        _go.Dispose();
    }

    private void Run()
    {
        // Made here and not by the starter: the kernel's errno and the first touch of the pools are
        // this thread's.
        if (_plan.Cpu is { } cpu)
        {
            _ = UsableCpus.TryPin(cpu);
        }

        LinuxKernel kernel;
        EventLoop<LinuxKernel> loop;
        try
        {
            kernel = LinuxKernel.ForThisThread(_mailbox, _records, _plan.Kernel);
            Arena arena = _loopMemory.AsArena();
            loop = new(
                kernel,
                _plan.Options,
                _plan.Topology,
                _plan.Shared,
                Records,
                _plan.Listeners.AsSpan(),
                ref arena
            );
        }
        catch (Exception failure)
        {
            _startFailure = ExceptionDispatchInfo.Capture(failure);
            _made.Set();
            return;
        }

        Volatile.Write(ref _loop, loop);
        _made.Set();
        _go.Wait();
        using (kernel)
        {
            if (!_cancelled)
            {
                RunLoop(loop);
            }
        }
    }

    private void RunLoop(EventLoop<LinuxKernel> loop)
    {
        Exception? failure = null;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            while (loop.RunTurn()) { }

            Volatile.Write(ref _allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        catch (Exception thrown)
        {
            failure = thrown;
        }

        Ended(this, failure);
    }
}

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Lure.Core.Backends;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Core.Memory;
using Lure.Core.Records;
using Lure.Linux.Configuration;
using Lure.Linux.Kernel;
using Lure.Linux.Kernel.Batches;
using Lure.Linux.Machine;
using Lure.Linux.Sockets;

namespace Lure.Linux.Relay;

/// <summary>A relay that listens and runs: the workers of a process and what they share.</summary>
/// <remarks>
/// <see cref="Drain"/> and <see cref="Stop"/> may be called from any thread. After the end, rings
/// and counters can be read until it is disposed.
/// </remarks>
internal sealed class RunningRelay : IDisposable
{
    /// <summary>Bytes of a buffer; a direction holds one only while its receiver takes no more.</summary>
    public const int BlockBytes = 16 * 1024;

    private readonly Lock _commands = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly List<Worker> _workers = [];
    private readonly NativeMapping _sharedMemory;
    private readonly Listeners _listeners;
    private int _running;
    private bool _stoppingTold;
    private bool _disposed;

    private RunningRelay(Settings settings, ProcessLimits limits, Listeners listeners)
    {
        _listeners = listeners;
        WantsRing = settings.Batch == BatchKind.IoUring;
        Limits = limits;
        Topology = new Topology { Backends = settings.Backends, Listeners = settings.Listeners.Length };
        Arena measure = Arena.Measuring;
        _ = MakeShared(ref measure);
        _sharedMemory = NativeMapping.Create(measure.Used, null);
        Arena arena = _sharedMemory.AsArena();
        Shared = MakeShared(ref arena);
    }

    /// <summary>What it was derived to run with.</summary>
    public ProcessLimits Limits { get; }

    public Topology Topology { get; }

    /// <summary>Live sessions and the like.</summary>
    public SharedState Shared { get; }

    /// <summary>What it listens on, with real ports.</summary>
    public ImmutableArray<BoundAddress> Addresses => _listeners.Addresses;

    /// <summary>Raised when there are records for a reader that announced its sleep; also by <see cref="Dispose"/>'s caller to wake it.</summary>
    public EventFd RecordsReady { get; } = new();

    /// <summary>One per worker, for one reader.</summary>
    public ImmutableArray<RecordRing> Records => [.. _workers.Select(worker => worker.Records)];

    /// <summary>Whether batches were to be run by io_uring.</summary>
    public bool WantsRing { get; }

    /// <summary>One per worker: what became of its batches.</summary>
    public ImmutableArray<BatchCounters> Batches => [.. _workers.Select(worker => worker.Batches)];

    /// <summary>Sums over the workers; each number whole, not all of one moment.</summary>
    public LoopCounters Counters => CounterSum.Of(_workers.Select(worker => worker.Counters));

    /// <summary>Bytes that the workers' threads allocated while their loops ran; known when it has ended.</summary>
    public long AllocatedBytes => _workers.Sum(worker => worker.AllocatedBytes);

    /// <summary>Whether every worker has come to its end.</summary>
    public bool HasEnded => _ended.IsSet;

    /// <summary>Opens the listeners, makes the workers and sets them running.</summary>
    /// <exception cref="StartException">Every reason why it cannot; nothing is left open then.</exception>
    public static RunningRelay Start(Settings settings)
    {
        IgnoredSignals.IgnoreBrokenPipe();
        MachineFacts machine = MachineFacts.Find();
        ProcessLimits limits = ProcessLimits.Derive(machine, Request(settings));
        Listeners listeners = Listeners.Open(
            settings.Listeners,
            limits.Workers,
            settings.Steering == SteeringKind.Cpu ? limits.Cpus : []
        );
        RunningRelay? relay = null;
        try
        {
            relay = new RunningRelay(settings, limits, listeners);
            relay.MakeWorkers(settings, machine);
        }
        catch (Exception failure) when (failure is InsufficientAddressSpaceException or InvalidOperationException)
        {
            listeners.Dispose();
            relay?.Dispose();
            throw new StartException(Explain(failure));
        }

        listeners.HandOver();
        relay._running = relay._workers.Count;
        relay._workers.ForEach(worker => worker.Go());
        return relay;
    }

    /// <summary>Takes no new sessions and lets the live ones finish.</summary>
    /// <param name="patience">ns until those left are ended.</param>
    public void Drain(long patience)
    {
        // First, so that a client who comes now is told at once and tries elsewhere.
        _listeners.Unpublish();
        long now = MonotonicClock.Now();
        Command(new Command(CommandKind.Drain, now > long.MaxValue - patience ? long.MaxValue : now + patience));
    }

    /// <summary>Ends every session at once.</summary>
    public void Stop()
    {
        _listeners.Unpublish();
        Command(new Command(CommandKind.Stop, 0));
    }

    /// <summary>Blocks until every worker has come to its end, after <see cref="Drain"/> or <see cref="Stop"/>.</summary>
    public void WaitForEnd() => _ended.Wait();

    /// <returns>False when <paramref name="patience"/> was over first.</returns>
    public bool WaitForEnd(TimeSpan patience) => _ended.Wait(patience);

    /// <summary>Stops what still runs, and gives everything back. Nobody may read records after it.</summary>
    public void Dispose()
    {
        if (_running > 0)
        {
            Stop();
        }

        lock (_commands)
        {
            _disposed = true;
        }

        _workers.ForEach(worker => worker.Dispose());
        _listeners.Dispose();
        _sharedMemory.Dispose();
        RecordsReady.Dispose();
        _ended.Dispose();
    }

    private void MakeWorkers(Settings settings, MachineFacts machine)
    {
        for (int number = 0; number < Limits.Workers; number++)
        {
            int? cpu = Limits.Cpus[number];
            WorkerPlan plan = new()
            {
                Options = Options(settings, number, Limits),
                Kernel = new KernelOptions
                {
                    SpinTime = settings.SpinTime,
                    BatchesByRing = settings.Batch == BatchKind.IoUring,
                },
                Topology = Topology,
                Shared = Shared,
                Listeners = [.. _listeners.OfWorker(number)],
                Cpu = cpu,
                Node = cpu is { } placed ? machine.Numa.NodeOf(placed) : null,
            };
            Worker worker = new(plan, RecordsReady) { Ended = OnWorkerEnded };
            _workers.Add(worker);
            worker.Prepare();
        }
    }

    private void Command(Command command)
    {
        // A mailbox has one poster at a time; a signal and a command may come together.
        lock (_commands)
        {
            // A second signal may be on its way while everything is given back.
            if (_disposed)
            {
                return;
            }

            _workers.ForEach(worker => _ = worker.TryPost(command));
            if (!_stoppingTold)
            {
                _stoppingTold = true;
                _ = ServiceNotification.TrySend(ServiceNotification.Stopping);
            }
        }
    }

    private void OnWorkerEnded(Worker worker, Exception? failure)
    {
        if (failure is not null)
        {
            FatalError.End(_workers.IndexOf(worker), failure);
        }

        if (Interlocked.Decrement(ref _running) == 0)
        {
            // Unix sockets are watched by every worker, so only now nobody needs them.
            _listeners.Dispose();
            _ended.Set();
        }
    }

    private SharedState MakeShared(ref Arena arena) =>
        new(ref arena, Topology.Listeners, Topology.ServerCount, Limits.MaxConnections, Limits.SessionDescriptors);

    private static LimitRequest Request(Settings settings)
    {
        ImmutableArray<BindAddress> binds = [.. settings.Listeners.SelectMany(listen => listen.Binds)];
        int unix = binds.Count(bind => bind.Address.Family == SocketAddress.FamilyUnix);
        return new LimitRequest
        {
            Workers = settings.Workers,
            MaxConnections = settings.MaxConnections,
            Pipes = settings.Pipes,
            TcpListeners = binds.Length - unix,
            UnixListeners = unix,
            BytesPerSession = SessionMemory.BytesAtMost(BlockBytes),
        };
    }

    private static LoopOptions Options(Settings settings, int worker, ProcessLimits limits) =>
        new()
        {
            Worker = worker,
            Seed = LoopSeed.Next(),
            Sessions = limits.MaxConnections,
            Pipes = limits.Pipes,
            Listeners = settings.Listeners.Sum(listen => listen.Binds.Length),
            BlockBytes = BlockBytes,
            ConnectTimeout = settings.ConnectTimeout,
            IdleTimeout = settings.IdleTimeout,
            HalfCloseTimeout = settings.HalfCloseTimeout,
            LingerTimeout = settings.LingerTimeout,
        };

    private static LimitError Explain(Exception failure) =>
        failure is InsufficientAddressSpaceException
            ? new LimitError(
                "memory",
                $"the kernel gives no address space for the pools ({failure.Message})",
                "lower maxconn or the number of workers, or raise ulimit -v; with vm.overcommit_memory=2 raise vm.overcommit_ratio"
            )
            : new LimitError(
                "descriptors",
                $"the kernel gives none for a worker ({failure.Message})",
                "raise LimitNOFILE of the service (ulimit -n) or fs.file-max"
            );
}

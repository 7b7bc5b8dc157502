using System;
using System.Collections.Generic;
using System.Globalization;
using Lure.Core.Kernel;
using Lure.Sim.Descriptors;
using Lure.Sim.Injection;
using Lure.Sim.Peers;
using Lure.Sim.Processes;
using Lure.Sim.Sockets;
using Lure.Sim.Tracing;
using Lure.Sim.Workers;

namespace Lure.Sim;

/// <summary>
/// A machine with one process and a network, both made up: clock, descriptors, sockets, peers. All
/// that happens follows from what its test does; there is no thread, no real clock, no randomness.
/// </summary>
public sealed class FakeWorld
{
    private readonly List<FakeWorker> _workers = [];
    private readonly List<FakeProcess> _processes = [];
    private int _workerCount;
    private int _processCount;
    private readonly List<string> _violations = [];
    private long _batches;
    private readonly long[] _marks = new long[Enum.GetValues<MarkId>().Length];

    public FakeWorld()
        : this(new WorldOptions()) { }

    public FakeWorld(WorldOptions options)
    {
        Check(options);
        Options = options;
        Clock = new Clock(options.StartTime);
        Network = new Network(options, Clock);
        Descriptors = new DescriptorTable(options.DescriptorLimit);
    }

    public WorldOptions Options { get; private set; }

    /// <summary>ns.</summary>
    public long Now => Clock.Now;

    /// <summary>The loop's descriptors; peers have none.</summary>
    public DescriptorTable Descriptors { get; }

    public FaultPlan Faults { get; } = new();

    public CallTrace Trace { get; } = new();

    /// <summary>Broken rules, when <see cref="WorldOptions.ThrowOnViolation"/> is off.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>How often <see cref="ISyscalls.Notify"/> was called.</summary>
    public long Notifications { get; internal set; }

    /// <summary>
    /// Asked when a wait finds nothing ready, before time moves on: peers may act here. True means
    /// that something was done, and the wait looks again.
    /// </summary>
    public Func<bool>? WhenIdle { get; set; }

    /// <summary>Who looks on at every call, if anybody does.</summary>
    internal WorldHooks? Hooks { get; set; }

    internal Clock Clock { get; }

    internal Network Network { get; }

    /// <summary>
    /// Makes a world that was used as good as a new one, and keeps its memory: a campaign goes from
    /// seed to seed in microseconds and allocates nothing. What was got from the world before
    /// (kernels, peers, listeners, descriptors) must not be used any more; nobody's descriptor is
    /// closed, nobody's peer hears of it.
    /// </summary>
    /// <remarks>The order of anything that can be observed is that of a new world, so a script gives the same trace.</remarks>
    public void Reset(WorldOptions options)
    {
        Check(options);
        Options = options;
        for (int i = 0; i < _workerCount; i++)
        {
            _workers[i].Reset();
        }

        for (int i = 0; i < _processCount; i++)
        {
            _processes[i].Reset();
        }

        (_workerCount, _processCount) = (0, 0);
        Descriptors.Reset(options.DescriptorLimit);
        Network.Reset(options);
        Clock.Reset(options.StartTime);
        Faults.Reset();
        Trace.Reset();
        _violations.Clear();
        Array.Clear(_marks);
        (_batches, Notifications, WhenIdle, Hooks) = (0, 0, null, null);
    }

    /// <summary>ns: when the next thing is due that was scheduled; <see cref="long.MaxValue"/> for none.</summary>
    internal long NextScheduled => Clock.NextDue;

    /// <summary>What was put off until the next wait happens now.</summary>
    internal void SettleDown()
    {
        Clock.RunDue();
        Network.Settle();
    }

    internal StreamSocket? FindSocket(int fd) => Descriptors.Find(fd) as StreamSocket;

    /// <summary>Lets time pass; what was scheduled meanwhile happens.</summary>
    public void Advance(long nanoseconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nanoseconds);
        Clock.AdvanceTo(Clock.Now + nanoseconds);
    }

    /// <summary>Schedules something for a time of this world; a wait goes no further than to it.</summary>
    public void At(long time, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Clock.Schedule(time, action);
    }

    /// <summary>Opens a listening socket for the loop. Several on one address are a SO_REUSEPORT group, served in turn.</summary>
    /// <returns>The descriptor.</returns>
    /// <exception cref="InvalidOperationException">No descriptor is free.</exception>
    public int OpenListener(in SocketAddress address, int backlog = 128)
    {
        StreamSocket socket = Network.Create(address.Family)!;
        int fd = Descriptors.Add(socket);
        if (fd < 0)
        {
            throw new InvalidOperationException(
                $"no descriptor is free for a listener; the limit is {Descriptors.Limit}"
            );
        }

        Listen(socket, address, backlog);
        return fd;
    }

    /// <summary>Starts a server for the loop to connect to.</summary>
    public FakeListener Listen(in SocketAddress address, int backlog = 128)
    {
        TcpSocket socket = Network.Create();
        Listen(socket, address, backlog);
        return new FakeListener(socket);
    }

    /// <summary>A listening socket of a peer, of the address's family.</summary>
    internal StreamSocket ListenSocket(in SocketAddress address, int backlog)
    {
        StreamSocket socket = Network.Create(address.Family)!;
        Listen(socket, address, backlog);
        return socket;
    }

    /// <summary>Whether a connect to that address would meet a listener, the loop's or a peer's.</summary>
    public bool IsListening(in SocketAddress address) => Network.HasListener(address);

    /// <summary>Connects a client; with a full backlog it goes on trying, as its kernel would.</summary>
    /// <exception cref="InvalidOperationException">Nobody listens there.</exception>
    public FakePeer Connect(in SocketAddress address) => Connect(address, default);

    /// <param name="address">Where to.</param>
    /// <param name="from">The client's own address; empty for the next free port of the loopback.</param>
    /// <exception cref="InvalidOperationException">Nobody listens there.</exception>
    public FakePeer Connect(in SocketAddress address, in SocketAddress from)
    {
        if (!Network.HasListener(address))
        {
            throw new InvalidOperationException("nobody listens at that address: open the listener first");
        }

        TcpSocket socket = Network.Create();
        socket.ComeFrom(from);
        socket.Connect(address);
        return new FakePeer(socket);
    }

    /// <summary>Decides what becomes of the loop's (and the peers') connects to an address from now on.</summary>
    public void OnConnect(in SocketAddress address, ConnectOutcome outcome) => Network.SetOutcome(address, outcome);

    /// <summary>Lets a connection die at the loop's end, unheard by its peer: ETIMEDOUT, EHOSTUNREACH ….</summary>
    /// <param name="fd">The loop's descriptor.</param>
    /// <param name="error">The errno, positive, that the socket gives once.</param>
    public void FailSocket(int fd, int error)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(error, 1);
        (
            SocketOf(fd) as TcpSocket
            ?? throw new ArgumentException("a unix socket dies only with its peer", nameof(fd))
        ).Fail(error);
    }

    /// <summary>The value that an option was set to, null when it never was.</summary>
    public int? OptionOf(int fd, SocketOption option) => SocketOf(fd).Options[option];

    /// <summary>Puts a command into every worker's mailbox.</summary>
    /// <exception cref="InvalidOperationException">There is no worker yet.</exception>
    public void Post(Command command)
    {
        if (_workerCount == 0)
        {
            throw new InvalidOperationException("there is no worker yet: make a FakeKernel first");
        }

        for (int i = 0; i < _workerCount; i++)
        {
            _workers[i].Post(command);
        }
    }

    /// <summary>How often a mark was reached.</summary>
    public long Marked(MarkId id) => _marks[(int)id];

    internal FakeWorker AddWorker()
    {
        if (_workerCount == _workers.Count)
        {
            _workers.Add(new FakeWorker(this, _workerCount));
        }

        return _workers[_workerCount++];
    }

    /// <summary>Batches of operations so far.</summary>
    internal long Batches => _batches;

    internal FakeProcess AddProcess()
    {
        if (_processCount == _processes.Count)
        {
            _processes.Add(new FakeProcess(this));
        }

        return _processes[_processCount++];
    }

    internal long NextBatch() => ++_batches;

    internal void CountMark(MarkId id) => _marks[(int)id]++;

    internal void Violate(string rule)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"call {Faults.Calls}: {rule}");
        if (Options.ThrowOnViolation)
        {
            throw new SimulationViolationException(text);
        }

        _violations.Add(text);
    }

    private static void Check(WorldOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SendBuffer, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.ReceiveBuffer);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PipeSlots, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.StartTime);
    }

    private static void Listen(StreamSocket socket, in SocketAddress address, int backlog)
    {
        if (socket is TcpSocket shared)
        {
            shared.Listen(address, backlog);
            return;
        }

        int bound = socket.Bind(address);
        if (bound < 0)
        {
            throw new InvalidOperationException($"{ErrnoName.OfResult(bound)}: somebody has that name already");
        }

        socket.Listen(backlog);
    }

    private StreamSocket SocketOf(int fd) =>
        Descriptors.Find(fd) as StreamSocket
        ?? throw new ArgumentException($"descriptor {fd} is no open socket", nameof(fd));
}

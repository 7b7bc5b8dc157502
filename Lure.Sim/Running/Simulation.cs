using System;
using System.Collections.Generic;
using Lure.Core.Backends;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Sim.Actors;
using Lure.Sim.Campaigns;
using Lure.Sim.Checking;
using Lure.Sim.Driving;
using Lure.Sim.Entropy;
using Lure.Sim.Faults;
using Lure.Sim.Workers;

namespace Lure.Sim.Running;

/// <summary>Where a simulation stands.</summary>
internal enum Stage
{
    /// <summary>Whatever the driver wants.</summary>
    Chaos,

    /// <summary>Faults are off; those sessions that are not stuck have to finish within a bound of turns.</summary>
    Liveness,

    /// <summary>The rest goes on, or waits for its timers.</summary>
    Rest,
    Over,
}

/// <summary>What a descriptor reported itself as, of a session that is over.</summary>
internal readonly record struct ClosedToken(int Worker, ulong Token, Actor? Client, Side Side);

/// <summary>
/// One run: the loops, the far ends and the network on one thread, a driver that says what happens at
/// each call, and checks at each call and each wait. It can be run again and again; after the first
/// times it allocates next to nothing.
/// </summary>
internal sealed partial class Simulation : WorldHooks, IDisposable
{
    private const int FrontPort = 7000;
    public const int ServerPort = 9000;

    private readonly StreamPattern _pattern = new();
    private readonly WorkerSet _workers;
    private readonly CalmDriver _calm = new();
    private readonly List<Happening> _history = [];
    private readonly List<ClosedToken> _closedTokens = [];
    private readonly List<bool> _inTurn = [];
    private readonly List<long> _callOf = [];
    private readonly List<int> _roundOf = [];
    private int _callsInTurn;
    private int _driven;
    private Driver _driver = null!;
    private int _turns;
    private int _turnsAtOnce;
    private long _turnedAt;
    private bool _nothingLeft;
    private int _limit;

    public Simulation(WorkerSet workers)
    {
        _workers = workers;
        Cast = new Cast(_pattern);
        Ledger = new Ledger(this);
    }

    public FakeWorld World { get; } = new();

    public Plan Plan { get; private set; } = null!;

    public Patience Patience { get; set; } = Patience.Full;

    public Cast Cast { get; }

    public WorkerSet Workers => _workers;

    public StreamPattern Pattern => _pattern;

    public Ledger Ledger { get; }

    public FaultCensus Census { get; } = new();

    public Stage Stage { get; private set; }

    /// <summary>Where a line for each call goes, if anywhere.</summary>
    public System.IO.TextWriter? TraceTo { get; set; }

    /// <summary>Who notes what is reached, if anybody does.</summary>
    public Coverage? Coverage { get; set; }

    /// <summary>Calls of all workers so far.</summary>
    public long Calls { get; private set; }

    /// <summary>What the last call answered.</summary>
    public int LastResult { get; private set; }

    /// <summary>What was made to happen, in order.</summary>
    public IReadOnlyList<Happening> History => _history;

    /// <summary>How much of it by the driver: what comes behind follows from the rest.</summary>
    public int Driven => Stage == Stage.Chaos ? _history.Count : _driven;

    /// <summary>What was made to happen so far, peers' own steps included.</summary>
    public long Events => _history.Count;

    /// <summary>Tokens of descriptors that were closed, of sessions that are over.</summary>
    public IReadOnlyList<ClosedToken> ClosedTokens => _closedTokens;

    public void NoteClosed(in ClosedToken closed) => _closedTokens.Add(closed);

    public void Dispose() => _workers.Dispose();

    /// <summary>Sets everything up; the clients' programs are to be written next.</summary>
    public void Begin(Plan plan, Driver driver, IServerPrograms programs)
    {
        Plan = plan;
        _driver = driver;
        World.Reset(plan.World);
        Cast.Begin(World, programs, Ledger, plan.Key);
        _limit = int.MaxValue;
        Census.Clear();
        _history.Clear();
        _closedTokens.Clear();
        _inTurn.Clear();
        _callOf.Clear();
        _roundOf.Clear();
        _callsInTurn = 0;
        (_turnsAtOnce, _turnedAt) = (0, 0);
        (Calls, _turns, Stage, _nothingLeft, _everybodyHealed) = (0, 0, Stage.Chaos, false, false);

        Topology topology = Open(plan, out ListenerSpec[][] listeners);
        _workers.Begin(World, plan, topology, listeners);
        for (int i = 0; i < plan.Workers; i++)
        {
            _inTurn.Add(false);
            _callOf.Add(0);
            _roundOf.Add(0);
        }

        Ledger.Begin(topology, listeners);
        World.Advance(plan.Age);
        World.Hooks = this;
    }

    /// <summary>Runs to the end.</summary>
    /// <exception cref="SimulationViolationException">A check failed.</exception>
    public void Run()
    {
        while (Stage != Stage.Over)
        {
            if (++_turns > Patience.Turns)
            {
                Fail("V19: it does not come to an end: " + Ledger.Pending());
            }

            int worker = PickWorker();
            if (worker < 0)
            {
                Advance();
                continue;
            }

            RunTurn(worker);
            Ledger.TakeRecords(worker);
            MaybeNextStage();
        }

        World.Hooks = null;
        Ledger.CheckEnd();
    }

    public void Fail(string claim) => throw new SimulationViolationException($"call {Calls}: {claim}");

    /// <summary>Applies what a driver wants; false when it could not be done.</summary>
    private bool Apply(in Point point, Intervention what, ref int limit, ref int answer)
    {
        // Before it is done: a turn of another worker may be the last that happens.
        int place = _history.Count;
        Note(point, what);
        switch (what.Act)
        {
            case Act.Answer:
                answer = -(int)what.Value;
                break;
            case Act.Limit:
                limit = (int)what.Value;
                _limit = limit;
                break;
            default:
                if (!Do(point, what))
                {
                    _history.RemoveAt(place);
                    Ledger.Undisturb();
                    return false;
                }

                break;
        }

        TraceHappening(point, what);
        return true;
    }

    private void Note(in Point point, Intervention what) =>
        _history.Add(new Happening(point.Call, point.Moment, point.Round, what));

    private void RunTurn(int worker)
    {
        _inTurn[worker] = true;
        _turnsAtOnce = World.Now == _turnedAt ? _turnsAtOnce + 1 : 0;
        _turnedAt = World.Now;
        _workers.RunTurn(worker);
        _inTurn[worker] = false;
    }

    /// <summary>A worker that would not sleep, if there is one; else any, which then sleeps and lets the others act.</summary>
    private int PickWorker()
    {
        int count = _workers.Count;
        int first = (int)(_turns % count);
        int asleep = -1;
        for (int i = 0; i < count; i++)
        {
            int worker = (first + i) % count;
            if (_workers.IsRunning(worker) && !_inTurn[worker])
            {
                if (IsAwake(worker))
                {
                    return worker;
                }

                asleep = asleep < 0 ? worker : asleep;
            }
        }

        return asleep;
    }

    private bool IsAwake(int worker)
    {
        ILoopInspection loop = _workers.Loop(worker);
        return loop.HasWork || loop.WakesAt <= World.Now || _workers.Kernel(worker).HasEvents;
    }

    /// <summary>All loops are gone: what is left of the peers finishes by itself.</summary>
    private void Advance()
    {
        _nothingLeft = !ActAny(0, int.MaxValue, out _) && !SleepOn(long.MaxValue);
        MaybeNextStage();
    }

    private static SocketAddress AddressOf(bool unix, int number) =>
        unix ? FakeAddress.Unix(number) : FakeAddress.IPv4(number);

    private Topology Open(Plan plan, out ListenerSpec[][] listeners)
    {
        var backends = System.Collections.Immutable.ImmutableArray.CreateBuilder<BackendSpec>(plan.Backends.Length);
        int number = 0;
        foreach (BackendSpec backend in plan.Backends)
        {
            var servers = System.Collections.Immutable.ImmutableArray.CreateBuilder<ServerSpec>(backend.Servers.Length);
            foreach (ServerSpec server in backend.Servers)
            {
                SocketAddress address = AddressOf(Plan.IsUnix(server), ServerPort + number++);
                Cast.AddServer(address, plan.Backlog);
                servers.Add(server with { Address = address });
            }

            backends.Add(backend with { Servers = servers.ToImmutable() });
        }

        listeners = new ListenerSpec[plan.Workers][];
        for (int worker = 0; worker < plan.Workers; worker++)
        {
            listeners[worker] = new ListenerSpec[plan.Fronts.Length];
        }

        for (int front = 0; front < plan.Fronts.Length; front++)
        {
            SocketAddress address = AddressOf(plan.Fronts[front].IsUnix, FrontPort + front);
            Cast.AddFront(address);
            for (int worker = 0; worker < plan.Workers; worker++)
            {
                int fd =
                    plan.IsShared(front) && worker > 0
                        ? listeners[0][front].Fd
                        : World.OpenListener(address, plan.Backlog);
                listeners[worker][(front + worker) % plan.Fronts.Length] = new ListenerSpec(
                    fd,
                    front,
                    plan.Fronts[front].Backend,
                    plan.IsShared(front)
                );
            }
        }

        return new Topology { Backends = backends.ToImmutable(), Listeners = plan.Fronts.Length };
    }
}

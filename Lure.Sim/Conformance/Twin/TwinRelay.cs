using System;
using System.Runtime.InteropServices;
using Lure.Core.Backends;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Core.Memory;
using Lure.Core.Records;

namespace Lure.Sim.Conformance.Twin;

/// <summary>One loop with one listener and two servers, in memory that the next script uses again.</summary>
internal sealed unsafe class TwinRelay<TKernel> : IDisposable
    where TKernel : struct, ISyscalls
{
    private const long Millisecond = 1_000_000;
    private const long Second = 1000 * Millisecond;
    private const int SessionsMax = 2 * TwinStep.Sessions;
    private const int RecordsMax = 256;
    private const int TurnsMax = 100_000;
    private const nuint Slack = 64 * 1024;

    private readonly Pace _pace = new();
    private EventLoop<PacedKernel<TKernel>> _loop = null!;
    private RecordRing _records = null!;
    private SharedState _shared = null!;
    private bool _running;
    private byte* _memory;
    private nuint _size;

    public ref readonly LoopCounters Counters => ref _loop.Counters;

    /// <summary>What is left of sessions: of all of them nothing, once they are over.</summary>
    public string Left =>
        FormattableString.Invariant(
            $"{_loop.Sessions} sessions, {_loop.BlocksInUse} blocks, {_loop.TimersArmed} timers, {_shared.Sessions} counted, {_shared.Descriptors} descriptors promised"
        );

    public bool HasSessions => _loop.Sessions > 0;

    public bool IsRunning => _running;

    public void Begin(TKernel kernel, TwinScript script, int listener, ReadOnlySpan<SocketAddress> servers)
    {
        // Times that no script waits for, but for the lingering: there the peer has that long to acknowledge.
        LoopOptions options = new()
        {
            Sessions = SessionsMax,
            BlockBytes = script.Block,
            BytesPerTurn = script.Budget,
            EventsPerTurn = script.Events,
            Pipes = script.Pipes,
            ConnectTimeout = 30 * Second,
            LingerTimeout = 300 * Millisecond,
        };
        BackendSpec backend = new()
        {
            Name = "b",
            Servers =
            [
                new ServerSpec { Name = "s1", Address = servers[0] },
                new ServerSpec { Name = "s2", Address = servers[1] },
            ],
            EjectFor = 3600 * Second,
        };
        Topology topology = new() { Backends = [backend], Listeners = 1 };
        Arena arena = Reserve(LoopMemory.BytesRequired(options, topology) + SizeBeside(servers.Length));
        int descriptors = 2 * (SessionsMax + script.Pipes);
        _shared = new SharedState(ref arena, listeners: 1, servers.Length, SessionsMax, descriptors);
        _records = new RecordRing(ref arena, RecordsMax);
        _loop = new EventLoop<PacedKernel<TKernel>>(
            new PacedKernel<TKernel>(kernel, _pace),
            options,
            topology,
            _shared,
            _records,
            [new ListenerSpec(listener, Number: 0, Backend: 0, Shared: false)],
            ref arena
        );
        _running = true;
    }

    /// <summary>Turns until nothing is reported and nothing is left to do.</summary>
    public void Settle()
    {
        int turns = 0;
        do
        {
            Turn();
            if (++turns > TurnsMax)
            {
                throw new SimulationViolationException("the loop does not come to rest");
            }
        } while (_running && (_loop.HasWork || _pace.Reported > 0));
    }

    /// <summary>One turn that may sleep until the loop's next timer.</summary>
    public void Sleep()
    {
        _pace.MaySleep = true;
        Turn();
        _pace.MaySleep = false;
    }

    /// <summary>A session ends by a reset that waits for acknowledgements.</summary>
    public bool IsLingering()
    {
        for (int slot = 0; slot < _loop.SlotsUsed; slot++)
        {
            if (_loop.TryInspect(slot, out SessionView session) && session.Flags.Phase() == Phase.Lingering)
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="holds">Given a descriptor, and whether a FIN was sent on it.</param>
    /// <returns>Whether it holds for a socket of a session that is connected.</returns>
    public bool Any(Func<int, bool, bool> holds)
    {
        for (int slot = 0; slot < _loop.SlotsUsed; slot++)
        {
            if (
                _loop.TryInspect(slot, out SessionView session)
                && (Holds(session, Side.Client, holds) || Holds(session, Side.Server, holds))
            )
            {
                return true;
            }
        }

        return false;
    }

    public bool TryTake(out LoopRecord record) => _records.TryTake(out record);

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }

    private static bool Holds(in SessionView session, Side side, Func<int, bool, bool> holds) =>
        session.Flags.Has(ConnectionFlags.Open, side)
        && session.Flags.Phase() != Phase.Connecting
        && holds(session.Fd(side), session.Flags.Has(ConnectionFlags.FinSent, side));

    private void Turn() => _running = _running && _loop.RunTurn();

    private static nuint SizeBeside(int servers)
    {
        Arena measure = Arena.Measuring;
        _ = new SharedState(ref measure, listeners: 1, servers, SessionsMax, 2 * SessionsMax);
        _ = new RecordRing(ref measure, RecordsMax);
        return measure.Used + Slack;
    }

    private Arena Reserve(nuint size)
    {
        const nuint Page = 4096;
        if (size > _size)
        {
            NativeMemory.AlignedFree(_memory);
            _memory = (byte*)NativeMemory.AlignedAlloc(size, Page);
            _size = size;
        }

        NativeMemory.Clear(_memory, size);
        return new Arena(_memory, size);
    }
}

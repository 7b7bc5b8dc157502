using System;
using Lure.Core.Backends;
using Lure.Core.Kernel;
using Lure.Sim.Polling;

namespace Lure.Sim.Conformance;

/// <summary>
/// Random scripts: a listener or two, connections between sockets of one process, pipes, epolls. It
/// knows what kind of thing a name stands for, so most calls make sense, and not what state it is in.
/// </summary>
internal sealed partial class ScriptGenerator
{
    /// <summary>The longest script.</summary>
    public const int LongestScript = 64;

    /// <summary>They take ten times as long as others.</summary>
    private const int FloodEvery = 30;

    // Together less than the smallest window, so that how much fits is no question: where it is one,
    // there is fill.
    private const int BytesPerScript = 40_000;

    private readonly Thing[] _things = new Thing[Step.Names];
    private readonly bool[] _isUnix = new bool[Step.Names];
    private readonly Step[] _steps = new Step[LongestScript];
    private Random64 _random;
    private Traits _traits;
    private int _count;
    private int _named;
    private int _bytesLeft;

    /// <summary>What a name stands for, as far as the generator knows.</summary>
    private enum Thing
    {
        None,
        Listener,
        Socket,
        Epoll,
        ReadEnd,
        WriteEnd,
    }

    /// <summary>What a script is about: each seed leaves something out, so that the rest meets more often.</summary>
    [Flags]
    private enum Traits
    {
        None = 0,
        Unix = 1,
        Pipes = 2,
        Epolls = 4,
        Dups = 8,
        Wild = 16,
        LowWater = 32,
        Both = 64,
        Vectors = 128,
        Urgent = 256,
    }

    /// <summary>
    /// The script of a seed; the memory is used again by the next. It has no limit of descriptors: that of
    /// Linux is the process's, and a runtime that cannot open a file for a thread of its own aborts.
    /// </summary>
    public ReadOnlySpan<Step> Generate(ulong seed)
    {
        _random = new Random64(seed);
        Array.Clear(_things);
        (_count, _named, _bytesLeft) = (0, 0, BytesPerScript);
        _traits = (Traits)_random.Below(512);
        int length = 12 + _random.Below(LongestScript - 12);
        if (_random.Below(FloodEvery) == 0)
        {
            return GenerateFlood(length);
        }

        Begin();
        while (_count < length)
        {
            AddRandomStep();
        }

        return _steps.AsSpan(0, _count);
    }

    private bool Has(Traits traits) => (_traits & traits) != 0;

    private bool Chance(int percent) => _random.Below(100) < percent;

    private void Begin()
    {
        if (Has(Traits.Epolls))
        {
            AddNew(StepKind.Epoll, Thing.Epoll);
        }

        AddListener();
        int pairs = 1 + _random.Below(2);
        for (int i = 0; i < pairs && _count < LongestScript - 4; i++)
        {
            AddConnection();
        }
    }

    private void AddListener()
    {
        bool isUnix = Has(Traits.Both) ? Chance(50) : Has(Traits.Unix);
        int name = AddNew(isUnix ? StepKind.Unix : StepKind.Tcp, Thing.Listener);
        if (name >= 0)
        {
            Add(new Step(StepKind.Bind, name, 0, 0, 0));
            Add(new Step(StepKind.Listen, name, 0, _random.Below(3), 0));
        }
    }

    private void AddConnection()
    {
        int listener = Pick(Thing.Listener);
        int client = AddNew(IsUnix(listener) ? StepKind.Unix : StepKind.Tcp, Thing.Socket);
        if (client < 0 || listener < 0)
        {
            return;
        }

        Add(new Step(StepKind.Connect, client, listener, 0, 0));
        if (Chance(85))
        {
            AddAccept(listener);
        }

        if (Has(Traits.Epolls) && Chance(50))
        {
            AddEpollStep();
        }
    }

    private void AddAccept(int listener)
    {
        int name = NewName();
        if (name >= 0)
        {
            _things[name] = Thing.Socket;
            _isUnix[name] = _isUnix[listener];
            Add(new Step(StepKind.Accept, listener, name, 0, 0));
        }
    }

    private bool IsUnix(int name) => name >= 0 && _isUnix[name];

    private void Add(Step step)
    {
        if (_count < LongestScript)
        {
            _steps[_count++] = step;
        }
    }

    private int NewName() => _named < Step.Names ? _named++ : -1;

    private int AddNew(StepKind kind, Thing thing)
    {
        int name = NewName();
        if (name >= 0)
        {
            _things[name] = thing;
            _isUnix[name] = kind == StepKind.Unix;
            Add(new Step(kind, name, 0, 0, 0));
        }

        return name;
    }

    // A name of a kind, -1 when there is none. Closed ones stay in: EBADF is an answer too.
    private int Pick(Thing thing)
    {
        int found = 0;
        for (int i = 0; i < _named; i++)
        {
            found += _things[i] == thing ? 1 : 0;
        }

        if (found == 0)
        {
            return -1;
        }

        int chosen = _random.Below(found);
        for (int i = 0; i < _named; i++)
        {
            if (_things[i] == thing && chosen-- == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private int PickAny() => _random.Below(Math.Max(1, _named));

    private int Size()
    {
        int size = _random.Below(8) switch
        {
            0 => 1,
            1 or 2 => 1 + _random.Below(10),
            3 or 4 => 1 + _random.Below(200),
            5 or 6 => 1 + _random.Below(1500),
            _ => 1 + _random.Below(5000),
        };
        return size;
    }

    private int SendSize()
    {
        int size = Math.Min(Size(), _bytesLeft);
        _bytesLeft -= size;
        return size;
    }

    private Interest RandomInterest()
    {
        Interest interest = _random.Below(6) switch
        {
            0 => Interest.None,
            1 => Interest.In,
            2 => Interest.Out,
            3 => Interest.In | Interest.ReadHangUp,
            _ => Interest.In | Interest.Out | Interest.ReadHangUp | Interest.Urgent,
        };
        interest |= Chance(60) ? Interest.EdgeTriggered : Interest.None;
        interest |= Chance(15) ? EpollItem.OneShot : Interest.None;
        return Chance(4) ? interest | Interest.Exclusive : interest;
    }
}

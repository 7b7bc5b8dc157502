using System;
using System.Collections.Immutable;
using Lure.Sim.Entropy;

namespace Lure.Sim.Conformance.Twin;

/// <summary>Random twin scripts: all choices come from one tape, on which zero is a client that sends a byte.</summary>
internal sealed class TwinGenerator
{
    /// <summary>The longest script.</summary>
    public const int StepsMax = 40;

    private const int StepsMin = 6;

    // Together less than the smallest window, so that what fits is no question but in a flood.
    private const int BytesPerScript = 40_000;
    private const int BulkMax = 100_000;
    private const int SendMax = 9000;

    /// <summary>Segments of a send at most: a thousand of a byte would wait for a congestion window again and again.</summary>
    private const int SegmentsMax = 32;

    /// <summary>Bytes of a block and of a turn: what fills all buffers are megabytes.</summary>
    private const int SmallestForFloods = 256;
    private const int FloodMin = 1000;
    private const int FloodMax = 8000;

    private readonly Tape _tape = new(0);
    private readonly bool[] _open = new bool[TwinStep.Ends];
    private readonly ImmutableArray<TwinStep>.Builder _steps = ImmutableArray.CreateBuilder<TwinStep>(StepsMax);
    private int _clients;
    private int _block;
    private int _sendMax;
    private bool _floods;
    private int _bytesLeft;

    /// <summary>The script of a seed.</summary>
    public TwinScript Generate(ulong seed)
    {
        _tape.Rewind(seed);
        _steps.Clear();
        Array.Clear(_open);
        (_clients, _bytesLeft) = (0, BytesPerScript);
        // Small blocks, budgets and arrays of events: bounds that are met by a few bytes.
        bool usual = _tape.Chance(64);
        _block = usual ? new TwinScript { Steps = [] }.Block : 2 + _tape.LogUniform(4094);
        TwinScript script = new()
        {
            UnixFront = _tape.Chance(40),
            UnixBack = _tape.Chance(64),
            Block = _block,
            Budget = usual ? 64 * 1024 : _tape.LogUniform(64 * 1024),
            Events = usual ? 64 : 1 + _tape.Below(8),
            Pipes = _tape.Chance(128) ? 1 + _tape.Below(3) : 0,
            Steps = [],
        };
        _sendMax = Math.Min(SendMax, SegmentsMax * Math.Min(_block, script.Budget));
        _floods = _tape.Chance(16) && Math.Min(_block, script.Budget) >= SmallestForFloods;
        int length = StepsMin + _tape.Below(StepsMax - StepsMin);
        Connect();
        while (_steps.Count < length)
        {
            AddStep();
        }

        return script with
        {
            Steps = _steps.ToImmutable(),
        };
    }

    private void AddStep()
    {
        int choice = _tape.Below(64);
        switch (choice)
        {
            case < 20:
                Send();
                break;
            case < 28:
                Add(TwinVerb.Drain, AnyEnd(), 0);
                break;
            case < 34:
                Add(TwinVerb.Read, AnyEnd(), Size());
                break;
            case < 39:
                Add(TwinVerb.Finish, AnyEnd(), 0);
                break;
            case < 43:
                Leave(TwinVerb.Close);
                break;
            case < 46:
                Leave(TwinVerb.Reset);
                break;
            case < 52:
                Connect();
                break;
            case < 54:
                Add(TwinVerb.Poll, AnyEnd(), 0);
                break;
            default:
                AddRareStep(choice);
                break;
        }
    }

    private void AddRareStep(int choice)
    {
        switch (choice)
        {
            case 54 or 55:
                Add(TwinVerb.Bulk, AnyEnd(), _tape.LogUniform(Math.Min(BulkMax, SegmentsMax * _sendMax)));
                break;
            case 56 when _floods:
                Add(TwinVerb.Flood, AnyEnd(), FloodMin + _tape.Below(FloodMax - FloodMin));
                break;
            case 57 or 58:
                Add(TwinVerb.Down, 0, 1 + _tape.Below(2));
                break;
            case 59:
                Add(TwinVerb.Up, 0, 1 + _tape.Below(2));
                break;
            case 60:
                Add(TwinVerb.Deafen, AnyEnd(), 0);
                break;
            case 61 when _tape.Chance(32):
                Add(TwinVerb.Leave, 0, 0);
                break;
            case 62 when _tape.Chance(32):
                Add(TwinVerb.Stop, 0, 0);
                break;
            default:
                Send();
                break;
        }
    }

    private void Add(TwinVerb verb, int end, int count) => _steps.Add(new TwinStep(verb, end, count));

    private void Send()
    {
        int size = Math.Min(Size(), _bytesLeft);
        _bytesLeft -= size;
        if (size > 0)
        {
            Add(TwinVerb.Send, AnyEnd(), size);
        }
        else
        {
            Add(TwinVerb.Drain, AnyEnd(), 0);
        }
    }

    private void Leave(TwinVerb verb)
    {
        int end = AnyEnd();
        _open[end] = false;
        Add(verb, end, 0);
    }

    private void Connect()
    {
        if (_clients == TwinStep.Sessions)
        {
            return;
        }

        int client = _clients++;
        (_open[client], _open[TwinStep.Opposite(client)]) = (true, true);
        Add(TwinVerb.Connect, client, 0);
    }

    // One that is open, as far as can be known here; mostly of the latest session, so that things happen to one.
    private int AnyEnd()
    {
        int client = _tape.Chance(128) ? _tape.Below(_clients) : _clients - 1;
        int end = _tape.Chance(128) ? TwinStep.Opposite(client) : client;
        return _open[end] ? end
            : _open[TwinStep.Opposite(end)] ? TwinStep.Opposite(end)
            : end;
    }

    // Around the sizes at which something ends.
    private int Size() =>
        Math.Min(
            _sendMax,
            _tape.Below(8) switch
            {
                0 => 1,
                1 => _block - 1,
                2 => _block,
                3 => _block + 1,
                4 => 2 * _block,
                5 => 1 + _tape.Below(_block),
                _ => _tape.LogUniform(SendMax),
            }
        );
}

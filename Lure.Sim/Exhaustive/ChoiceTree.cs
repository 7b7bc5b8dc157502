using System.Collections.Generic;

namespace Lure.Sim.Exhaustive;

/// <summary>
/// All choices that there are, walked depth first without keeping any state of the system: each run follows
/// a prefix and takes choice 0 beyond it, and what it meets there is tried in the runs to come, unless the
/// state was met before.
/// </summary>
internal sealed class ChoiceTree
{
    private readonly List<Branch> _path = [];
    private readonly Dictionary<ulong, State> _states = [];
    private readonly List<byte> _taken = [];
    private int _prefix;
    private int _at;
    private bool _isKnown;
    private bool _isCut;
    private ulong _last;

    private readonly record struct Branch(int Choice, int Options, ulong State);

    /// <summary>How a state is left by choice 0, and how deep it was when it was last expanded.</summary>
    private record struct State(ulong Next, int Options, int Depth);

    /// <summary>Choices in a row at most.</summary>
    public int DepthMax { get; set; } = int.MaxValue;

    public int States => _states.Count;

    /// <summary>Choices that were tried.</summary>
    public long Choices { get; private set; }

    /// <summary>The most choices that were open in one run.</summary>
    public int Deepest { get; private set; }

    /// <summary>Prefixes that a bound cut off.</summary>
    public long Cut { get; private set; }

    /// <summary>
    /// States that behaved in two ways: what tells states apart has missed something, and what was not
    /// expanded might have led elsewhere.
    /// </summary>
    public long Contradictions { get; private set; }

    /// <summary>The choices of the run so far.</summary>
    public IReadOnlyList<byte> Taken => _taken;

    /// <summary>Another run from the start.</summary>
    public void Begin()
    {
        (_at, _last, _isKnown, _isCut) = (0, 0, false, false);
        _taken.Clear();
    }

    /// <summary>The next choice of the run.</summary>
    /// <param name="state">Where it has come to.</param>
    /// <param name="options">From how many, at least 2.</param>
    public int Choose(ulong state, int options)
    {
        int choice = Next(state, options);
        _taken.Add((byte)choice);
        return choice;
    }

    /// <summary>The run has ended; goes on to the next prefix.</summary>
    /// <returns>False when there is none.</returns>
    public bool Advance()
    {
        Learn(ulong.MaxValue);
        while (_path.Count > 0)
        {
            Branch top = _path[^1];
            if (top.Choice + 1 < top.Options)
            {
                _path[^1] = top with { Choice = top.Choice + 1 };
                _prefix = _path.Count;
                Choices++;
                return true;
            }

            _path.RemoveAt(_path.Count - 1);
        }

        return false;
    }

    /// <summary>Prefixes that wait to be followed.</summary>
    public long Left()
    {
        long sum = Cut;
        foreach (Branch branch in _path)
        {
            sum += branch.Options - 1 - branch.Choice;
        }

        return sum;
    }

    private int Next(ulong state, int options)
    {
        if (_at < _prefix)
        {
            Branch branch = _path[_at++];
            bool isTheSame = branch.State == state && branch.Options == options;
            Contradictions += isTheSame ? 0 : 1;
            _last = _at == _prefix ? 0 : state;
            return branch.Choice;
        }

        Learn(state);
        _last = state;
        if (_isKnown || _isCut)
        {
            return 0;
        }

        bool isMet = _states.TryGetValue(state, out State met);
        Contradictions += isMet && met.Options != options ? 1 : 0;
        _isKnown = isMet && met.Depth <= _path.Count;
        if (_isKnown)
        {
            return 0;
        }

        if (_path.Count >= DepthMax)
        {
            _isCut = true;
            Cut += options;
            return 0;
        }

        _states[state] = new State(met.Next, options, DepthMax == int.MaxValue ? 0 : _path.Count);
        _path.Add(new Branch(0, options, state));
        Choices++;
        Deepest = System.Math.Max(Deepest, _path.Count);
        return 0;
    }

    /// <summary>Choice 0 has led from the last state to this one: always, or the two are not one state.</summary>
    private void Learn(ulong next)
    {
        if (_last == 0 || !_states.TryGetValue(_last, out State left))
        {
            return;
        }

        if (left.Next == 0)
        {
            _states[_last] = left with { Next = next };
        }
        else if (left.Next != next)
        {
            Contradictions++;
        }
    }
}

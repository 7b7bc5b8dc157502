using System;
using System.Collections.Immutable;
using Lure.Sim.Scripts;

namespace Lure.Sim.Shrinking;

/// <summary>
/// Makes a script that fails shorter, as long as the same check fails: it leaves something out, runs what
/// is left, and keeps it if it still fails; the largest things first, until nothing can go or the runs
/// are used up.
/// </summary>
internal sealed partial class Shrinker
{
    // A change that is no shortening by itself may cost a few calls, not make another run of it.
    private const int CallsMore = 4;

    private readonly ScriptPlayer _player;
    private readonly string _check;
    private Candidate _best;
    private int _runsLeft;

    private Shrinker(ScriptPlayer player, Candidate first, string check, int runsMax) =>
        (_player, _best, _check, _runsLeft) = (player, first, check, runsMax);

    /// <summary>Shortens a script.</summary>
    /// <param name="player">Runs it, on the kernel on which it fails.</param>
    /// <param name="script">Fails.</param>
    /// <param name="check">The check that has to go on failing.</param>
    /// <param name="runsMax">Runs at most.</param>
    /// <returns>The shortest that was found; null when the script does not fail by itself.</returns>
    public static Script? Shrink(ScriptPlayer player, Script script, string check, int runsMax)
    {
        player.Driver.KeepsAnchors = true;
        try
        {
            Script plain = script with { Ends = [], Fails = null, Comments = [] };
            ScriptResult result = player.Play(plain);
            if (result.Check != check)
            {
                return null;
            }

            Shrinker shrinker = new(player, Performed(player, plain, result), check, runsMax);
            shrinker.Work();
            return shrinker._best.Script;
        }
        finally
        {
            player.Driver.KeepsAnchors = false;
        }
    }

    private void Work()
    {
        bool changed = true;
        while (changed && _runsLeft > 0)
        {
            changed = DropPins();
            changed |= MovePins();
            changed |= DropClients();
            changed |= SimplifyServers();
            changed |= SimplifySettings();
            changed |= SimplifyTopology();
            changed |= DropSteps();
            changed |= HalveNumbers();
            changed |= SimplifyPins();
        }
    }

    /// <summary>Keeps a script if it fails too: with its pins where they were by number, or by what their calls are.</summary>
    private bool Try(Script script, ImmutableArray<Anchor> anchors, bool mayGrow = true)
    {
        long callsMax = mayGrow ? long.MaxValue : _best.Calls + Math.Max(CallsMore, _best.Calls / 8);
        return TryOnce(script, anchors, callsMax) || (!script.Pins.IsEmpty && TryOnce(script, [], callsMax));
    }

    private bool TryOnce(Script script, ImmutableArray<Anchor> anchors, long callsMax)
    {
        if (_runsLeft <= 0)
        {
            return false;
        }

        _runsLeft--;
        ScriptResult result = _player.Play(script, script.Pins.IsEmpty ? [] : anchors);
        bool isKept = result.Check == _check && result.Calls <= callsMax;
        if (isKept)
        {
            _best = Performed(_player, script, result);
        }

        return isKept;
    }

    /// <summary>Tries a change that leaves the pins alone.</summary>
    private bool Try(Script script, bool mayGrow = false) => Try(script, _best.Anchors, mayGrow);

    /// <summary>What was not done is left out: it changed nothing.</summary>
    private static Candidate Performed(ScriptPlayer player, Script script, ScriptResult result)
    {
        ImmutableArray<Pin>.Builder pins = ImmutableArray.CreateBuilder<Pin>();
        ImmutableArray<Anchor>.Builder anchors = ImmutableArray.CreateBuilder<Anchor>();
        foreach ((Pin pin, Anchor anchor) in player.Driver.Performed)
        {
            pins.Add(pin);
            anchors.Add(anchor);
        }

        return new Candidate(script with { Pins = pins.ToImmutable() }, anchors.ToImmutable(), result.Calls);
    }
}

using System.Collections.Generic;
using System.Collections.Immutable;
using Lure.Sim.Actors;
using Lure.Sim.Driving;
using Lure.Sim.Running;
using Lure.Sim.Sockets;

namespace Lure.Sim.Scripts;

/// <summary>Makes happen what a script says, each at its moment; else nobody interferes.</summary>
internal sealed class ScriptDriver : Driver
{
    private readonly List<Pin> _pins = [];
    private readonly List<bool> _done = [];
    private readonly List<(Pin Pin, Anchor Anchor)> _performed = [];
    private readonly Dictionary<long, List<int>> _ofCall = [];
    private readonly Dictionary<Anchor, List<int>> _ofAnchor = [];
    private readonly AnchorBook _book = new();
    private Simulation _simulation = null!;

    /// <summary>What was done, each with the call at which it was.</summary>
    public IReadOnlyList<(Pin Pin, Anchor Anchor)> Performed => _performed;

    /// <summary>The first pin whose moment did not come, or that could not be done; null when all were.</summary>
    public Pin? Unused
    {
        get
        {
            int first = _done.IndexOf(false);
            return first < 0 ? null : _pins[first];
        }
    }

    /// <summary>Anchors are kept as well; only who shortens scripts needs them.</summary>
    public bool KeepsAnchors { get; set; }

    /// <param name="simulation">About to begin.</param>
    /// <param name="pins">What is to happen.</param>
    /// <param name="anchors">To which calls, instead of those whose numbers the pins have; empty for these.</param>
    public void Begin(Simulation simulation, ImmutableArray<Pin> pins, ImmutableArray<Anchor> anchors)
    {
        _simulation = simulation;
        _pins.Clear();
        _done.Clear();
        _performed.Clear();
        _ofCall.Clear();
        _ofAnchor.Clear();
        _book.Clear();
        for (int i = 0; i < pins.Length; i++)
        {
            _pins.Add(pins[i]);
            _done.Add(false);
            if (anchors.IsEmpty)
            {
                ListOf(_ofCall, pins[i].Call).Add(i);
            }
            else
            {
                ListOf(_ofAnchor, anchors[i]).Add(i);
            }
        }
    }

    /// <inheritdoc/>
    public override bool Next(in Point point, out Intervention what)
    {
        if (point.Moment == Moment.Before && (KeepsAnchors || _ofAnchor.Count > 0))
        {
            FindAnchor(point);
        }

        if (_ofCall.TryGetValue(point.Call, out List<int>? pins))
        {
            foreach (int i in pins)
            {
                Pin pin = _pins[i];
                bool isDue = !_done[i] && pin.Moment == point.Moment && pin.Round == point.Round;
                if (isDue && TryResolve(pin, point, out what))
                {
                    _done[i] = true;
                    _performed.Add((pin with { Call = point.Call }, _book.Of(point.Call)));
                    return true;
                }
            }
        }

        what = default;
        return false;
    }

    private static List<int> ListOf<TKey>(Dictionary<TKey, List<int>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out List<int>? list))
        {
            list = [];
            lists.Add(key, list);
        }

        return list;
    }

    /// <summary>Once a call: asked again at the same moment, it is known already.</summary>
    private void FindAnchor(in Point point)
    {
        if (_book.Knows(point.Call))
        {
            return;
        }

        Anchor anchor = _book.Begin(point, _simulation.Ledger.OwnerKey(point.Fd));
        if (_ofAnchor.TryGetValue(anchor, out List<int>? pins))
        {
            _ofCall[point.Call] = pins;
        }
    }

    private bool TryResolve(in Pin pin, in Point point, out Intervention what)
    {
        what = new Intervention(pin.Act, pin.Number, pin.Value);
        switch (pin.Act)
        {
            case Act.Stale:
                return TryFindClosed(pin, point, out what);
            case Act.Answer:
                // A shorter script has other calls at its numbers: what such a call never answers is not done.
                return Envelope.Allows(
                    point.Kind,
                    _simulation.World.FindSocket(point.Fd) is UnixSocket,
                    (int)pin.Value
                );
            case Act.Accept or Act.ServerDown or Act.ServerUp:
                return pin.Number < _simulation.Cast.Servers;
            default:
                return !Pin.IsOfPeer(pin.Act) || TryFind(pin, out what);
        }
    }

    private bool TryFindClosed(in Pin pin, in Point point, out Intervention what)
    {
        foreach (ClosedToken closed in _simulation.ClosedTokens)
        {
            bool isIt = closed.Client is { } client && Recording.NameOf(client) == pin.Actor;
            if (isIt && closed.Worker == point.Worker && closed.Side == pin.Side)
            {
                what = new Intervention(Act.Stale, closed.Worker, (long)closed.Token);
                return true;
            }
        }

        what = default;
        return false;
    }

    private bool TryFind(in Pin pin, out Intervention what)
    {
        foreach (Actor actor in _simulation.Cast.Actors)
        {
            if (Recording.NameOf(actor) == pin.Actor)
            {
                what = new Intervention(pin.Act, actor.Index, pin.Value);
                return true;
            }
        }

        what = default;
        return false;
    }
}

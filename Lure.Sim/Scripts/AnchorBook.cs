using System.Collections.Generic;
using Lure.Sim.Driving;

namespace Lure.Sim.Scripts;

/// <summary>Finds the anchor of each call while a simulation runs.</summary>
internal sealed class AnchorBook
{
    private readonly Dictionary<(int Worker, SyscallKind Kind, int Owner), int> _counts = [];
    private readonly Dictionary<int, Anchor> _last = [];
    private readonly Dictionary<long, Anchor> _ofCall = [];

    public void Clear()
    {
        _counts.Clear();
        _last.Clear();
        _ofCall.Clear();
    }

    /// <summary>A call begins.</summary>
    /// <param name="point">Before it.</param>
    /// <param name="owner">Whose descriptor it is about.</param>
    public Anchor Begin(in Point point, int owner)
    {
        Anchor anchor;
        if (point.Kind == SyscallKind.Wait && _last.TryGetValue(point.Worker, out Anchor before))
        {
            anchor = before with { Waits = before.Waits + 1 };
        }
        else
        {
            int count = _counts.GetValueOrDefault((point.Worker, point.Kind, owner));
            _counts[(point.Worker, point.Kind, owner)] = count + 1;
            anchor = new Anchor(point.Worker, point.Kind, owner, count, 0);
        }

        _last[point.Worker] = anchor;
        _ofCall[point.Call] = anchor;
        return anchor;
    }

    public bool Knows(long call) => _ofCall.ContainsKey(call);

    public Anchor Of(long call) => _ofCall.GetValueOrDefault(call);
}

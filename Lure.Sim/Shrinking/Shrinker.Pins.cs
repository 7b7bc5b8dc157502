using System;
using System.Collections.Immutable;
using Lure.Sim.Driving;
using Lure.Sim.Scripts;

namespace Lure.Sim.Shrinking;

/// <content>What happens beside the default schedule.</content>
internal sealed partial class Shrinker
{
    /// <summary>All at once, then whatever is no fault, then in ever smaller parts (delta debugging, Zeller 1999).</summary>
    private bool DropPins()
    {
        int before = _best.Pins;
        if (before == 0)
        {
            return false;
        }

        if (!Keep(static _ => false))
        {
            Keep(static pin => pin.Moment != Moment.Idle);
        }

        for (int size = Math.Max(1, _best.Pins / 2); size > 0 && _best.Pins > 0; size /= 2)
        {
            for (int end = _best.Pins; end > 0 && _runsLeft > 0; end = Math.Min(end - size, _best.Pins))
            {
                DropPins(Math.Max(0, end - size), end);
            }
        }

        return _best.Pins < before;
    }

    private bool Keep(Predicate<Pin> wanted)
    {
        ImmutableArray<Pin>.Builder pins = ImmutableArray.CreateBuilder<Pin>();
        ImmutableArray<Anchor>.Builder anchors = ImmutableArray.CreateBuilder<Anchor>();
        for (int i = 0; i < _best.Pins; i++)
        {
            if (wanted(_best.Script.Pins[i]))
            {
                pins.Add(_best.Script.Pins[i]);
                anchors.Add(_best.Anchors[i]);
            }
        }

        return pins.Count < _best.Pins && Try(_best.Script with { Pins = pins.ToImmutable() }, anchors.ToImmutable());
    }

    private bool DropPins(int first, int end) =>
        Try(
            _best.Script with
            {
                Pins = _best.Script.Pins.RemoveRange(first, end - first),
            },
            _best.Anchors.RemoveRange(first, end - first)
        );

    /// <summary>To an earlier call of the same kind: all that the run did in between is not needed then.</summary>
    private bool MovePins()
    {
        bool changed = false;
        for (int i = 0; i < _best.Pins; i++)
        {
            int last = _best.Anchors[i].Count;
            for (
                int count = 0;
                count < last && i < _best.Pins;
                count = Math.Max(count + 1, last - ((last - count) / 2))
            )
            {
                Anchor earlier = _best.Anchors[i] with { Count = count };
                if (TryOnce(_best.Script, _best.Anchors.SetItem(i, earlier), _best.Calls - 1))
                {
                    changed = true;
                    break;
                }
            }
        }

        return changed;
    }

    /// <summary>Whole steps instead of parts, the first place instead of another one, smaller numbers.</summary>
    private bool SimplifyPins()
    {
        bool changed = false;
        for (int i = 0; i < _best.Pins; i++)
        {
            Pin pin = _best.Script.Pins[i];
            if (pin.Act == Act.Step && pin.Value > 0)
            {
                changed |= Replace(i, pin with { Value = 0 });
            }

            if (pin.Act is Act.Jump or Act.Limit or Act.Delay or Act.Command or Act.Order or Act.Truncate)
            {
                for (long value = pin.Value / 2; value > 0 && value < pin.Value; value /= 2)
                {
                    if (!Replace(i, pin with { Value = value }))
                    {
                        break;
                    }

                    changed = true;
                }
            }
        }

        return changed;
    }

    private bool Replace(int place, in Pin pin)
    {
        int before = _best.Pins;
        return place < before && Try(_best.Script with { Pins = _best.Script.Pins.SetItem(place, pin) });
    }
}

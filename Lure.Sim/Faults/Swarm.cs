using System;
using System.Globalization;
using System.Text;
using Lure.Sim.Entropy;

namespace Lure.Sim.Faults;

/// <summary>
/// Which faults a seed may meet, and how often. Each is left out of half the seeds: what is left out
/// lets the others reach places that all of them together never would (Groce and others, Swarm
/// Testing, ISSTA 2012).
/// </summary>
internal sealed class Swarm
{
    private static readonly int s_count = Enum.GetValues<Fault>().Length;

    private readonly int[] _rate = new int[s_count];
    private readonly int[] _drawn = new int[s_count];
    private readonly int[] _burst = new int[s_count];
    private readonly int[] _left = new int[s_count];
    private readonly int[] _running = new int[s_count];

    /// <summary>Faults that injure may occur at all: in half of the seeds.</summary>
    public bool Injures { get; private set; }

    /// <summary>What happens where nothing is broken: it is part of every seed that draws it.</summary>
    public static bool IsEveryday(Fault fault) =>
        fault
            is Fault.ShortRead
                or Fault.ShortWrite
                or Fault.SplitEvent
                or Fault.EventOrder
                or Fault.FinPosition
                or Fault.Clog
                or Fault.Pace
                or Fault.Exhaustion
                or Fault.Scribble
                or Fault.PassedDescriptor;

    public void Draw(Tape tape)
    {
        Injures = tape.Below(2) == 1;
        // One fault alone, at every occasion for a while, finds what a mixture hides.
        int alone = Injures && tape.Chance(26) ? tape.Below(s_count) : -1;
        for (int i = 0; i < s_count; i++)
        {
            bool drawn = tape.Below(2) == 1;
            int rate = tape.LogUniform(128);
            int burst = 1 + tape.Below(tape.Chance(64) ? 12 : 2);
            int left = tape.LogUniform(64);
            bool everyday = IsEveryday((Fault)i);
            bool enabled = everyday ? drawn : Injures && (alone < 0 ? drawn : alone == i);
            _rate[i] = enabled ? (alone == i ? 256 : rate) : 0;
            _burst[i] = burst;
            _left[i] = everyday ? int.MaxValue : left;
            _running[i] = 0;
            _drawn[i] = _rate[i];
        }
    }

    /// <summary>One line: each fault that may occur with its rate of 256, its burst, and how often at most.</summary>
    public string Describe()
    {
        StringBuilder text = new(Injures ? "faults:" : "faults, none that injures:");
        for (int i = 0; i < s_count; i++)
        {
            if (_drawn[i] > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $" {(Fault)i}={_drawn[i]}/256");
                text.Append(
                    _burst[i] > 1 ? string.Create(CultureInfo.InvariantCulture, $" in bursts of {_burst[i]}") : ""
                );
            }
        }

        return text.ToString();
    }

    /// <summary>Nothing happens any more.</summary>
    public void Calm()
    {
        Array.Clear(_rate);
        Array.Clear(_running);
    }

    public bool IsEnabled(Fault fault) => _rate[(int)fault] > 0;

    /// <summary>Whether it happens at this occasion.</summary>
    public bool Fires(Fault fault, Tape tape)
    {
        int i = (int)fault;
        if (_rate[i] == 0 || _left[i] == 0)
        {
            return false;
        }

        if (_running[i] > 0)
        {
            _running[i]--;
        }
        else if (tape.Chance(_rate[i]))
        {
            _running[i] = _burst[i] - 1;
        }
        else
        {
            return false;
        }

        _left[i] -= _left[i] == int.MaxValue ? 0 : 1;
        return true;
    }
}

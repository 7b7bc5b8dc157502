using Lure.Core.Time;

namespace Lure.Bench.Micro;

/// <summary>Timers on every wheel armed, one of them moved, one stopped, the rest run out.</summary>
internal sealed class TimerWork : MicroWork
{
    private const int Slots = 8;
    private const int WheelBits = 6;

    private TimerWheel _timers;
    private long _now;

    public TimerWork() => _timers = new TimerWheel(ref Memory, Slots, now: 0);

    public override void Run(int operations)
    {
        for (int i = 0; i < operations; i++)
        {
            for (int slot = 0; slot < Slots / 2; slot++)
            {
                _timers.Arm(slot, _now + 1 + (1L << (slot * WheelBits)));
            }

            _timers.Arm(0, _now + 2);
            _timers.Disarm(1);
            while (_timers.Armed > 0)
            {
                _now = System.Math.Max(_now + 1, _timers.NextDue());
                while (_timers.TakeExpired(_now) >= 0) { }
            }
        }
    }
}

using System.Collections.Generic;
using System.Linq;
using CsCheck;
using Lure.Core.Tests.Memory;
using Lure.Core.Time;
using NUnit.Framework;

namespace Lure.Core.Tests.Time;

[TestFixture]
internal sealed unsafe class TimerWheelTests
{
    private const int Slots = 8;

    /// <summary>Deadlines around every width of a spoke, so that each border is met.</summary>
    private static readonly Gen<long> Ahead = Gen.OneOf(
        Gen.Long[0, 70],
        Gen.Long[4_000, 4_200],
        Gen.Long[260_000, 263_000],
        Gen.Long[16_770_000, 16_790_000],
        Gen.Long[0, 40_000_000]
    );

    private static readonly Gen<(int Slot, long Ahead, bool Arm, bool Jump)> Act = Gen.Select(
        Gen.Int[0, Slots - 1],
        Ahead,
        Gen.Bool,
        Gen.Bool
    );

    /// <summary>The wheel against a dictionary: every timer fires at the first look at or after its due time, none before.</summary>
    [Test]
    public void Fires_what_a_naive_clock_fires() =>
        Act.List[1, 40]
            .Always(acts =>
            {
                using TestArena memory = new(1 << 20);
                TimerWheel wheel = new(ref memory.Arena, Slots, now: 0);
                // What lies behind its memory is none of its timers.
                *memory.Arena.Take<ulong>(1) = ulong.MaxValue;
                Dictionary<int, long> model = [];
                long now = 0;
                foreach ((int slot, long ahead, bool arm, bool jump) in acts)
                {
                    if (arm)
                    {
                        wheel.Arm(slot, now + ahead);
                        model[slot] = now + ahead;
                    }
                    else if (jump)
                    {
                        now += ahead;
                    }
                    else
                    {
                        wheel.Disarm(slot);
                        model.Remove(slot);
                    }

                    Expire(ref wheel, model, now);
                    Assert.That(wheel.Armed, Is.EqualTo(model.Count));
                    Assert.That(NextIsLate(wheel, model), Is.False);
                }

                Assert.That(DrainsOnTime(ref wheel, model, now), Is.True);
            });

    [Test]
    public void A_timer_that_is_armed_again_has_only_its_new_due_time()
    {
        using TestArena memory = new(1 << 16);
        TimerWheel wheel = new(ref memory.Arena, Slots, now: 0);
        wheel.Arm(3, 10);
        wheel.Arm(3, 100);

        Assert.That(wheel.TakeExpired(99), Is.EqualTo(-1));
        Assert.That(wheel.TakeExpired(100), Is.EqualTo(3));
        Assert.That(wheel.TakeExpired(1000), Is.EqualTo(-1));
    }

    /// <summary>The last wheel ends after 64 to the power of 4 ticks: from there on a timer waits in its last spoke.</summary>
    [Test]
    public void A_timer_around_the_end_of_the_last_wheel_fires_on_time([Values(-1, 0, 1, 64)] long behind)
    {
        using TestArena memory = new(1 << 16);
        TimerWheel wheel = new(ref memory.Arena, Slots, now: 0);
        long due = (1L << 24) + behind;
        wheel.Arm(5, due);

        Assert.That(wheel.TakeExpired(due - 1), Is.EqualTo(-1));
        Assert.That(wheel.TakeExpired(due), Is.EqualTo(5));
    }

    [Test]
    public void An_idle_hour_needs_few_looks()
    {
        using TestArena memory = new(1 << 16);
        TimerWheel wheel = new(ref memory.Arena, Slots, now: 0);
        wheel.Arm(0, 3_600_000);

        int looks = 0;
        for (long now = 0; wheel.Armed > 0; looks++)
        {
            now = wheel.NextDue();
            _ = wheel.TakeExpired(now);
        }

        Assert.That(looks, Is.LessThanOrEqualTo(4));
    }

    private static void Expire(ref TimerWheel wheel, Dictionary<int, long> model, long now)
    {
        HashSet<int> fired = [];
        for (int slot = wheel.TakeExpired(now); slot >= 0; slot = wheel.TakeExpired(now))
        {
            fired.Add(slot);
        }

        // One that is armed for a moment that the wheel has passed already fires a tick later.
        HashSet<int> due = [.. model.Where(timer => timer.Value <= now).Select(timer => timer.Key)];
        Assert.That(fired, Is.SubsetOf(due), "none early");
        foreach (int slot in fired)
        {
            model.Remove(slot);
        }

        foreach (int slot in due.Except(fired))
        {
            Assert.That(wheel.NextDue(), Is.LessThanOrEqualTo(now + 1), $"slot {slot} is late");
        }
    }

    private static bool NextIsLate(TimerWheel wheel, Dictionary<int, long> model) =>
        model.Count > 0
        && wheel.NextDue() > System.Math.Max(model.Values.Min(), 0)
        && wheel.NextDue() > model.Values.Min() + 1;

    private static bool DrainsOnTime(ref TimerWheel wheel, Dictionary<int, long> model, long now)
    {
        while (model.Count > 0)
        {
            long next = wheel.NextDue();
            now = next > now ? next : now + 1;
            Expire(ref wheel, model, now);
        }

        return wheel.Armed == 0 && wheel.NextDue() == long.MaxValue;
    }
}

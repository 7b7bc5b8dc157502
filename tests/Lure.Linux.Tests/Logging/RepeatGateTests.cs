using Lure.Core.Records;
using Lure.Linux.Logging;
using NUnit.Framework;

namespace Lure.Linux.Tests.Logging;

internal sealed class RepeatGateTests
{
    [Test]
    public void The_first_passes_at_once_the_rest_wait_for_the_window()
    {
        RepeatGate gate = new(2);
        gate.Add(1, default, now: 5);
        Assert.That(gate.NextDue, Is.EqualTo(5));
        Assert.That(Take(gate, now: 5), Is.EqualTo((1, 1L)));

        gate.Add(1, default, now: 6);
        gate.Add(1, new LoopRecord { Flags = 7 }, now: 7);
        Assert.That(Take(gate, now: 5 + RepeatGate.Window - 1), Is.Null);
        Assert.That(gate.NextDue, Is.EqualTo(5 + RepeatGate.Window));
        Assert.That(gate.TryTake(5 + RepeatGate.Window, out _, out LoopRecord last, out long times), Is.True);
        Assert.That((last.Flags, times), Is.EqualTo((7UL, 2L)));
        Assert.That(gate.NextDue, Is.EqualTo(long.MaxValue));
    }

    [Test]
    public void One_subject_does_not_hold_up_another()
    {
        RepeatGate gate = new(2);
        gate.Add(0, default, now: 0);
        _ = Take(gate, now: 0);
        gate.Add(0, default, now: 1);
        gate.Add(1, default, now: 1);
        Assert.That(Take(gate, now: 1), Is.EqualTo((1, 1L)));
        Assert.That(Take(gate, now: 1), Is.Null);
    }

    [Test]
    public void After_a_quiet_window_the_next_passes_at_once()
    {
        RepeatGate gate = new(1);
        gate.Add(0, default, now: 0);
        _ = Take(gate, now: 0);
        gate.Add(0, default, now: 2 * RepeatGate.Window);
        Assert.That(Take(gate, now: 2 * RepeatGate.Window), Is.EqualTo((0, 1L)));
    }

    [Test]
    public void At_the_end_nothing_stays_held()
    {
        RepeatGate gate = new(1);
        gate.Add(0, default, now: 0);
        _ = Take(gate, now: 0);
        gate.Add(0, default, now: 1, count: 41);
        Assert.That(Take(gate, long.MaxValue), Is.EqualTo((0, 41L)));
        Assert.That(Take(gate, long.MaxValue), Is.Null);
    }

    private static (int Subject, long Times)? Take(RepeatGate gate, long now) =>
        gate.TryTake(now, out int subject, out _, out long times) ? (subject, times) : null;
}

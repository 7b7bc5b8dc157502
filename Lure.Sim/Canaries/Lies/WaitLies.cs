using System;
using Lure.Core.Kernel;

namespace Lure.Sim.Canaries.Lies;

/// <summary>Every third report of a connection is lost.</summary>
internal sealed class EdgeSwallowed : Lie
{
    private int _reports;

    public override int Wait(FakeKernel truth, Span<KernelEvent> events, long deadline)
    {
        int count = base.Wait(truth, events, deadline);
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            bool lost = events[i].Token != Token.Wake && !new Token(events[i].Token).IsListener && ++_reports % 3 == 0;
            if (!lost)
            {
                events[kept++] = events[i];
            }
        }

        return Math.Min(count, kept);
    }
}

/// <summary>The mailbox reports itself at every wait, so nobody ever sleeps.</summary>
internal sealed class WakesForNothing : Lie
{
    private int _waits;

    public override int Wait(FakeKernel truth, Span<KernelEvent> events, long deadline)
    {
        if (++_waits < 20)
        {
            return base.Wait(truth, events, deadline);
        }

        int count = base.Wait(truth, events, deadline: 0);
        if (count == 0)
        {
            events[0] = new KernelEvent { Readiness = Readiness.In, Token = Token.Wake };
        }

        return count == 0 ? 1 : count;
    }
}

/// <summary>
/// Every second wait repeats the last reports instead of asking: two turns pass where the checks see
/// one, and in it a reader takes twice what a turn allows.
/// </summary>
internal sealed class TurnHidden : Lie
{
    private readonly KernelEvent[] _last = new KernelEvent[256];
    private int _count;

    public override int Wait(FakeKernel truth, Span<KernelEvent> events, long deadline)
    {
        if (_count > 0)
        {
            int count = Math.Min(_count, events.Length);
            _last.AsSpan(0, count).CopyTo(events);
            _count = 0;
            return count;
        }

        _count = Math.Min(base.Wait(truth, events, deadline), _last.Length);
        events[..Math.Max(0, _count)].CopyTo(_last);
        return _count;
    }
}

/// <summary>From some wait on each is interrupted at once.</summary>
internal sealed class OnlyInterruptions : Lie
{
    private int _waits;

    public override int Wait(FakeKernel truth, Span<KernelEvent> events, long deadline) =>
        ++_waits < 30 ? base.Wait(truth, events, deadline) : -Errno.Interrupted;
}

/// <summary>The clock is an hour fast from some look at it on.</summary>
internal sealed class ClockAhead : Lie
{
    private const long Hour = 3_600_000_000_000;
    private int _looks;

    public override long Now(FakeKernel truth) => base.Now(truth) + (++_looks < 30 ? 0 : Hour);
}

/// <summary>Connections are watched for bytes alone, not for room or for an end.</summary>
internal sealed class WatchedForLess : Lie
{
    public override int Watch(FakeKernel truth, int fd, Interest interest, ulong token) =>
        base.Watch(truth, fd, interest == Interest.Connection ? Interest.In | Interest.EdgeTriggered : interest, token);
}

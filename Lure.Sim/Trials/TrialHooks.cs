using System;
using System.Collections.Generic;
using Lure.Core.Kernel;
using Lure.Sim.Entropy;
using Lure.Sim.Polling;
using Lure.Sim.Workers;

namespace Lure.Sim;

/// <summary>Draws what a loop of somebody else meets at each call.</summary>
internal sealed class TrialHooks(Tape tape, List<Func<bool>> peers, FakeWorld world, int faults) : WorldHooks
{
    private const int PeersOf256 = 48;
    private const int ShortMax = 64;

    /// <summary>A wait without an end has found that nothing can ever happen.</summary>
    public bool IsAtRest { get; private set; }

    /// <inheritdoc/>
    public override int BeforeCall(int worker, SyscallKind kind, int fd, ref int limit)
    {
        if (kind is SyscallKind.TakeCommand or SyscallKind.Notify)
        {
            return 0;
        }

        if (tape.Chance(PeersOf256))
        {
            SomebodyActs();
        }

        int answer = 0;
        if (tape.Chance(faults))
        {
            switch (kind)
            {
                case SyscallKind.Receive or SyscallKind.Send:
                    limit = tape.Chance(128) ? tape.Below(2) : tape.LogUniform(ShortMax);
                    break;
                case SyscallKind.Wait or SyscallKind.Accept:
                    answer = -Errno.Interrupted;
                    break;
                default:
                    break;
            }
        }

        if (kind == SyscallKind.Wait)
        {
            world.SettleDown();
        }

        return answer;
    }

    /// <inheritdoc/>
    public override int BeforeCollect(int worker, Epoll epoll, int max)
    {
        int queued = epoll.Queued(max);
        if (queued > 1 && tape.Chance(faults))
        {
            epoll.BringForward(tape.Below(queued));
        }

        return max;
    }

    /// <inheritdoc/>
    public override bool Idle(int worker, long deadline, out bool interrupted)
    {
        interrupted = false;
        if (SomebodyActs())
        {
            return true;
        }

        IsAtRest = deadline == long.MaxValue && world.NextScheduled == long.MaxValue;
        return false;
    }

    /// <inheritdoc/>
    public override void AfterCall(int worker, SyscallKind kind, int fd, long argument, int result) { }

    /// <inheritdoc/>
    public override void TimeRead(int worker) { }

    /// <inheritdoc/>
    public override void Received(int worker, in Operation operation, int result) { }

    /// <inheritdoc/>
    public override void Sending(int worker, in Operation operation) { }

    /// <inheritdoc/>
    public override void Sent(int worker, in Operation operation, int result) { }

    /// <inheritdoc/>
    public override int Reporting(int worker, Span<KernelEvent> events, int count) => count;

    /// <summary>The first of the peers, from one on, that can do something does it.</summary>
    private bool SomebodyActs()
    {
        int first = tape.Below(peers.Count);
        for (int i = 0; i < peers.Count; i++)
        {
            if (peers[(first + i) % peers.Count]())
            {
                return true;
            }
        }

        return false;
    }
}

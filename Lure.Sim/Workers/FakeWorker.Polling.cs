using System;
using System.Globalization;
using Lure.Core.Kernel;

namespace Lure.Sim.Workers;

internal sealed partial class FakeWorker
{
    public int Watch(int fd, Interest interest, ulong token)
    {
        int result = Enter(SyscallKind.Watch, fd, out _);
        if (result == 0)
        {
            result = FileOf(SyscallKind.Watch, fd) is { } file
                ? _epoll.Add(fd, file, interest, token)
                : -Errno.BadDescriptor;
        }

        return Done(SyscallKind.Watch, fd, (uint)interest, result);
    }

    public int Rewatch(int fd, Interest interest, ulong token)
    {
        int result = Enter(SyscallKind.Rewatch, fd, out _);
        if (result == 0)
        {
            result = FileOf(SyscallKind.Rewatch, fd) is { } file
                ? _epoll.Modify(fd, file, interest, token)
                : -Errno.BadDescriptor;
        }

        return Done(SyscallKind.Rewatch, fd, (uint)interest, result);
    }

    public int Unwatch(int fd)
    {
        int result = Enter(SyscallKind.Unwatch, fd, out _);
        if (result == 0)
        {
            result = FileOf(SyscallKind.Unwatch, fd) is { } file ? _epoll.Remove(fd, file) : -Errno.BadDescriptor;
        }

        return Done(SyscallKind.Unwatch, fd, 0, result);
    }

    public int Wait(Span<KernelEvent> events, long deadline)
    {
        int result = Enter(SyscallKind.Wait, NoFd, out _);
        if (events.IsEmpty)
        {
            result = -Errno.Invalid;
        }

        if (result == 0)
        {
            result = WaitUntil(events, deadline);
            foreach (KernelEvent reported in events[..Math.Max(0, result)])
            {
                _world.Trace.RecordEvent(reported);
            }
        }

        return Done(SyscallKind.Wait, NoFd, deadline, result);
    }

    private int WaitUntil(Span<KernelEvent> events, long deadline)
    {
        Clock clock = _world.Clock;
        while (true)
        {
            clock.RunDue();
            _world.Network.Settle();
            int count = Collect(events);
            if (count > 0 || deadline <= clock.Now)
            {
                return count;
            }

            if (_world.Hooks is { } hooks && hooks.Idle(Index, deadline, out bool interrupted))
            {
                if (interrupted)
                {
                    return -Errno.Interrupted;
                }

                continue;
            }

            if (_world.WhenIdle is { } whenIdle && whenIdle())
            {
                continue;
            }

            long next = Math.Min(clock.NextDue, deadline);
            if (next == long.MaxValue)
            {
                RefuseToSleepForEver();
                return 0;
            }

            clock.AdvanceTo(next);
        }
    }

    private int Collect(Span<KernelEvent> events)
    {
        if (_world.Hooks is not { } hooks)
        {
            return _epoll.Collect(events);
        }

        int count = _epoll.Collect(events[..hooks.BeforeCollect(Index, _epoll, events.Length)]);
        return hooks.Reporting(Index, events, count);
    }

    private void RefuseToSleepForEver()
    {
        if (!_world.Options.IdleWaitReturns)
        {
            throw new WorldDeadlockException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"worker {Index} waits without an end at call {_world.Faults.Calls}, no event is ready and none is scheduled; let a peer act first, schedule it with At or WhenIdle, or set WorldOptions.IdleWaitReturns; open descriptors: {_world.Descriptors}"
                )
            );
        }
    }
}

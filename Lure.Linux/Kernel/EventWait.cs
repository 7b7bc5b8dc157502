using System;
using System.Runtime.CompilerServices;
using Lure.Analyzers;
using Lure.Core.Kernel;

namespace Lure.Linux.Kernel;

/// <summary>The wait of one worker: a look while looking pays off, then sleep (epoll_wait(2)).</summary>
[HotPath]
internal sealed unsafe class EventWait
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    private readonly int _epoll;
    private readonly int* _errno;
    private AdaptiveSpin _spin;

    /// <param name="epoll">What is waited for.</param>
    /// <param name="errno">Of the thread that waits.</param>
    /// <param name="patience">ns to look before it sleeps; 0 for never.</param>
    [ColdPath("once in the life of a worker", perTurnMax: 0)]
    public EventWait(int epoll, int* errno, long patience)
    {
        _epoll = epoll;
        _errno = errno;
        _spin = new AdaptiveSpin(patience);
    }

    /// <inheritdoc cref="ISyscalls.Wait"/>
    public int For(Span<KernelEvent> events, long deadline)
    {
        fixed (KernelEvent* first = events)
        {
            if (deadline == 0)
            {
                return Look(first, events.Length);
            }

            long patience = _spin.Begin();
            int count = patience > 0 ? Look(first, events.Length, patience, deadline) : 0;
            return count != 0 ? count : Sleep(first, events.Length, deadline);
        }
    }

    /// <summary>Without the runtime's transition: a worker that looks stops for a garbage collection between two looks.</summary>
    private int Look(KernelEvent* events, int length, long patience, long deadline)
    {
        int count = Look(events, length);
        if (count != 0)
        {
            return count;
        }

        long end = MonotonicClock.Now() + patience;
        long now;
        do
        {
            count = Look(events, length);
            now = MonotonicClock.Now();
        } while (count == 0 && now < end && now < deadline);
        if (count != 0 || now >= end)
        {
            _spin.End(found: count != 0);
        }

        return count;
    }

    private int Sleep(KernelEvent* events, int length, long deadline)
    {
        int count;
        do
        {
            count = Answer(Libc.EpollWait(_epoll, events, length, Timeout(deadline)));
        } while (count == 0 && MonotonicClock.Now() < deadline);
        return count;
    }

    /// <summary>
    /// ms, rounded up: a wake-up before the deadline would find nothing due and wait again, with a
    /// timeout of 0 for the rest of the millisecond. A deadline beyond 24 days takes several waits.
    /// </summary>
    private static int Timeout(long deadline)
    {
        if (deadline == long.MaxValue)
        {
            return -1;
        }

        long left = Math.Max(deadline - MonotonicClock.Now(), 0);
        long milliseconds = (left / NanosecondsPerMillisecond) + (left % NanosecondsPerMillisecond == 0 ? 0 : 1);
        return (int)Math.Min(milliseconds, int.MaxValue);
    }

    private int Look(KernelEvent* events, int length) => Answer(Libc.EpollPoll(_epoll, events, length, 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Answer(int result) => result < 0 ? -*_errno : result;
}

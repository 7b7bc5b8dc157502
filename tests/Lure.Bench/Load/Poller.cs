using System;
using Lure.Core.Kernel;
using Lure.Linux.Kernel;
using Tmds.Linux;

namespace Lure.Bench.Load;

/// <summary>An epoll and the array that it reports into. For the thread that made it: it knows where that thread's errno is.</summary>
internal sealed unsafe class Poller : IDisposable
{
    private const int EventsMax = 512;

    private readonly KernelEvent[] _events = new KernelEvent[EventsMax];
    private readonly int* _errno = Libc.ErrnoLocation();
    private readonly int _epoll;

    public Poller()
    {
        _epoll = LibC.epoll_create1(LinuxConstants.EpollCloseOnExec);
        if (_epoll < 0)
        {
            throw new LoadException($"epoll_create1: {ErrnoName.Of(Errno)}");
        }
    }

    /// <summary>errno of the last call of this thread that failed.</summary>
    public int Errno => *_errno;

    /// <param name="fd">Closing it ends the watch.</param>
    /// <param name="interest">What to report.</param>
    /// <param name="token">What the reports carry.</param>
    public void Watch(int fd, Interest interest, int token)
    {
        KernelEvent registration = new() { Readiness = (Readiness)interest, Token = (ulong)token };
        if (Libc.EpollControl(_epoll, LinuxConstants.EpollAdd, fd, &registration) < 0)
        {
            throw new LoadException($"epoll_ctl: {ErrnoName.Of(Errno)}");
        }
    }

    /// <param name="milliseconds">At most so long; -1 without an end.</param>
    /// <returns>Valid until the next wait; empty when the time was over.</returns>
    public ReadOnlySpan<KernelEvent> Wait(int milliseconds)
    {
        fixed (KernelEvent* first = _events)
        {
            int count = Libc.EpollWait(_epoll, first, EventsMax, milliseconds);
            if (count < 0 && Errno != Core.Kernel.Errno.Interrupted)
            {
                throw new LoadException($"epoll_wait: {ErrnoName.Of(Errno)}");
            }

            return _events.AsSpan(0, Math.Max(count, 0));
        }
    }

    public void Dispose() => _ = Libc.Close(_epoll);
}

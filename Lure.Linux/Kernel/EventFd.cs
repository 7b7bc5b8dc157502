using System;
using Lure.Analyzers;
using Lure.Core.Kernel;
using Tmds.Linux;

namespace Lure.Linux.Kernel;

/// <summary>A counter of the kernel that one thread waits for and any other may raise (eventfd(2)).</summary>
internal sealed unsafe class EventFd : IDisposable
{
    private int _fd;

    /// <exception cref="InvalidOperationException">No descriptor or no memory is left.</exception>
    public EventFd()
    {
        _fd = LibC.eventfd(0, LinuxConstants.EventCloseOnExec | LinuxConstants.EventNonBlocking);
        if (_fd < 0)
        {
            throw new InvalidOperationException($"eventfd: {ErrnoName.Of(LibC.errno)}");
        }
    }

    public int Descriptor => _fd;

    /// <summary>Wakes the thread that waits, or the next one that would. From any thread.</summary>
    public void Raise() => Raise(_fd);

    [HotPath]
    public static void Raise(int fd)
    {
        ulong one = 1;
        // EAGAIN would mean that it was raised 2^64 times since it was cleared.
        _ = Libc.WriteNow(fd, &one, sizeof(ulong));
    }

    /// <summary>Sleeps until it is raised, and clears it.</summary>
    /// <param name="milliseconds">At most so long; -1 without an end.</param>
    public void Await(int milliseconds)
    {
        pollfd waited = new() { fd = _fd, events = LibC.POLLIN };
        if (LibC.poll(&waited, 1, milliseconds) != 0)
        {
            // Raised, or interrupted by a signal: who is woken looks again in either case.
            Clear();
        }
    }

    /// <summary>Forgets that it was raised.</summary>
    public void Clear()
    {
        ulong count;
        _ = LibC.read(_fd, &count, sizeof(ulong));
    }

    public void Dispose()
    {
        if (_fd >= 0)
        {
            _ = Libc.Close(_fd);
            _fd = -1;
        }
    }
}

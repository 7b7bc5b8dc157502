using System;
using Tmds.Linux;

namespace Lure.Linux.Kernel;

/// <summary>A counter of the kernel that one thread waits for and others raise (eventfd(2)).</summary>
internal sealed unsafe class EventFd : IDisposable
{
    private int _fd;

    /// <exception cref="InvalidOperationException">No descriptor or no memory is left.</exception>
    public EventFd()
    {
        // Blocking: who waits for it with Wait shall sleep, and a raise would only wait at 2^64 - 2.
        _fd = LibC.eventfd(0, LinuxConstants.EventCloseOnExec);
        if (_fd < 0)
        {
            throw new InvalidOperationException($"eventfd: {ErrorName.Of(LibC.errno)}");
        }
    }

    public int Descriptor => _fd;

    /// <summary>Wakes the thread that waits, or the next one that would. From any thread.</summary>
    public void Raise() => Raise(_fd);

    public static void Raise(int fd)
    {
        ulong one = 1;
        _ = Libc.WriteNow(fd, &one, sizeof(ulong));
    }

    /// <summary>Sleeps until it was raised since the last time. Returns early on a signal.</summary>
    public void Wait()
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

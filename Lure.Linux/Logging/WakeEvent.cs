using System;
using System.ComponentModel;
using Lure.Core;
using Lure.Core.Kernel;
using Tmds.Linux;

namespace Lure.Linux.Logging;

/// <summary>An eventfd(2) that one thread sleeps on and any other may ring.</summary>
internal sealed unsafe class WakeEvent : IDisposable
{
    /// <exception cref="Win32Exception">No descriptor left (EMFILE, ENFILE), or no memory.</exception>
    public WakeEvent()
    {
        Descriptor = LibC.eventfd(0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK);
        if (Descriptor < 0)
        {
            throw new Win32Exception(LibC.errno);
        }
    }

    /// <summary>To be written to by whoever has something to read: 8 bytes, the number 1.</summary>
    public int Descriptor { get; private set; }

    public void Ring()
    {
        ulong one = 1;
        // EAGAIN would mean that it has been rung 2^64 times already.
        _ = LibC.write(Descriptor, &one, sizeof(ulong));
    }

    /// <summary>Sleeps until it rings.</summary>
    /// <param name="milliseconds">At most so long; -1 without an end.</param>
    public void Await(int milliseconds)
    {
        pollfd waited = new() { fd = Descriptor, events = LibC.POLLIN };
        int ready = LibC.poll(&waited, 1, milliseconds);
        if (ready > 0)
        {
            Clear();
        }

        Check.That(ready >= 0 || LibC.errno is Errno.Interrupted or Errno.NoMemory, "an eventfd can be waited for");
    }

    /// <summary>Forgets the rings so far.</summary>
    public void Clear()
    {
        ulong rings;
        _ = LibC.read(Descriptor, &rings, sizeof(ulong));
    }

    public void Dispose()
    {
        if (Descriptor >= 0)
        {
            _ = LibC.close(Descriptor);
            Descriptor = -1;
        }
    }
}

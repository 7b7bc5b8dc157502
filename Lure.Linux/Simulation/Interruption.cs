using System;
using System.Runtime.InteropServices;

namespace Lure.Linux.Simulation;

/// <summary>The first SIGINT or SIGTERM asks for an early end, with a report of what was done; a second one is the runtime's.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private volatile bool _isAsked;

    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, On);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, On);
    }

    public bool IsAsked => _isAsked;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }

    private void On(PosixSignalContext context)
    {
        context.Cancel = !_isAsked;
        _isAsked = true;
    }
}

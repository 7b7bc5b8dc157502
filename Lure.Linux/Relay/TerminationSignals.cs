using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Lure.Linux.Relay;

/// <summary>
/// What SIGTERM and SIGINT do to a relay: the first SIGTERM drains, a second one ends at once.
/// SIGINT ends at once, or drains first as well. They replace what the runtime would do.
/// </summary>
internal sealed class TerminationSignals : IDisposable
{
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _interrupt;
    private readonly Action _drain;
    private readonly Action _stop;
    private int _received;

    /// <param name="drain">Asks for a drain; called at most once.</param>
    /// <param name="stop">Asks for the end at once.</param>
    /// <param name="interruptDrains">Whether the first SIGINT drains: for a program in a terminal.</param>
    public TerminationSignals(Action drain, Action stop, bool interruptDrains)
    {
        _drain = drain;
        _stop = stop;
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => On(context, drains: true));
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => On(context, interruptDrains));
    }

    public void Dispose()
    {
        _terminate.Dispose();
        _interrupt.Dispose();
    }

    private void On(PosixSignalContext context, bool drains)
    {
        context.Cancel = true;
        bool first = Interlocked.Increment(ref _received) == 1;
        (first && drains ? _drain : _stop)();
    }
}

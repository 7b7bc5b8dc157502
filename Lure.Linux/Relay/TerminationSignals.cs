using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Lure.Linux.Relay;

/// <summary>
/// What SIGTERM and SIGINT do to a relay: the first SIGTERM drains, a second one ends at once.
/// SIGINT ends at once, or drains first as well. They replace what the runtime would do.
/// Made before there is a relay: a signal meets no moment at which it would kill.
/// </summary>
internal sealed class TerminationSignals : IDisposable
{
    private const int User1 = 10;
    private const int User2 = 12;

    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration[] _ignored;
    private readonly Lock _order = new();
    private Action? _drain;
    private Action? _stop;
    private bool _drainAsked;
    private bool _stopAsked;

    /// <param name="interruptDrains">Whether the first SIGINT drains: for a program in a terminal.</param>
    public TerminationSignals(bool interruptDrains)
    {
        // Reload, soft stop, reopen the logs, upgrade: what other relays make of them differs, and
        // the default of each is to kill. Sessions are not cut for a habit.
        _ignored =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Ignore),
            PosixSignalRegistration.Create((PosixSignal)User1, Ignore),
            PosixSignalRegistration.Create((PosixSignal)User2, Ignore),
        ];
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => On(context, drains: true));
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => On(context, interruptDrains));
    }

    /// <summary>Says what there is to end. A signal that came before is delivered now.</summary>
    /// <param name="drain">Asks for a drain; called at most once.</param>
    /// <param name="stop">Asks for the end at once.</param>
    public void Attach(Action drain, Action stop)
    {
        lock (_order)
        {
            (_drain, _stop) = (drain, stop);
            if (_stopAsked)
            {
                stop();
            }
            else if (_drainAsked)
            {
                drain();
            }
        }
    }

    public void Dispose()
    {
        _terminate.Dispose();
        _interrupt.Dispose();
        Array.ForEach(_ignored, registration => registration.Dispose());
    }

    private static void Ignore(PosixSignalContext context) => context.Cancel = true;

    private void On(PosixSignalContext context, bool drains)
    {
        context.Cancel = true;
        lock (_order)
        {
            bool first = !_drainAsked && !_stopAsked;
            if (first && drains)
            {
                _drainAsked = true;
                _drain?.Invoke();
            }
            else
            {
                _stopAsked = true;
                _stop?.Invoke();
            }
        }
    }
}

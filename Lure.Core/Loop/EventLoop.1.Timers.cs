using System;
using Lure.Core.Connections;
using Lure.Core.Kernel;

namespace Lure.Core.Loop;

/// <content>
/// The timer of a session: what it waits for follows from the phase. Activity does not move it; when
/// it comes due for a session that was active since, it is armed anew for the rest.
/// </content>
public sealed unsafe partial class EventLoop<TSyscalls>
{
    /// <summary>Polls of a lingering session before they keep one distance.</summary>
    private const int GrowingLingerPolls = 4;

    /// <summary>Arms the timer that the phase needs, once its flags ask for it.</summary>
    private void ArmTimer(int slot, Connection* connection)
    {
        connection->Flags &= ~ConnectionFlags.TimerDue;
        switch (connection->Flags.Phase())
        {
            case Phase.Connecting:
                ConnectionDetails* details = _connections.Details(slot);
                _timers.Arm(slot, TickOf(details->ConnectStartedAt + _options.ConnectTimeout));
                break;
            case Phase.Relaying:
                _timers.Arm(slot, RelayingDue(slot, connection));
                break;
            default:
                // Lingering: who has ended is retired before a timer is armed for him.
                _timers.Arm(slot, LingeringDue(slot));
                break;
        }
    }

    private void OnTimer(int slot, Connection* connection)
    {
        switch (connection->Flags.Phase())
        {
            case Phase.Connecting:
                OnConnectTimer(slot, connection);
                break;
            case Phase.Relaying:
                OnRelayTimer(slot, connection);
                break;
            case Phase.Lingering:
                OnLingerTimer(slot, connection);
                break;
            default:
                // Ended in this very turn: by the drain deadline, or for want of a registration.
                Check.That(connection->Flags.Phase() == Phase.Ending, "no timer runs for a slot that is free");
                break;
        }
    }

    private void OnConnectTimer(int slot, Connection* connection)
    {
        if (connection->Flags.Has(ConnectionFlags.ConnectDue))
        {
            return;
        }

        if (connection->Flags.Has(ConnectionFlags.VerdictDue))
        {
            // The answer came with the timer, and it counts; if it is none, the timer comes again.
            connection->Flags |= ConnectionFlags.TimerDue;
            return;
        }

        FailAttempt(slot, connection, ConnectFailure.TimedOut, Errno.TimedOut);
        Enqueue(slot, connection);
    }

    private void OnRelayTimer(int slot, Connection* connection)
    {
        // What it waited for may be here, reported in the same turn: after a pause of the process all
        // timers come due at once, and with them all that happened meanwhile.
        bool runnable = Decisions.Runnable(connection->Flags);
        long idle = TickNow - LastActive(connection);
        if (!runnable && idle >= IdleTicks(connection->Flags))
        {
            connection->Flags = Transitions.TimerFired(connection->Flags);
            Enqueue(slot, connection);
            return;
        }

        // Also of a busy session: the timer would be armed for the same moment again and again.
        if (!connection->Flags.Has(ConnectionFlags.KeepAliveSet) && TickNow >= KeepAliveDue(slot))
        {
            SetKeepAlive(slot, connection);
        }

        if (runnable)
        {
            // It is queued, and armed anew when its turn is over.
            connection->Flags |= ConnectionFlags.TimerDue;
            return;
        }

        _kernel.Mark(MarkId.TimerRearmed);
        _timers.Arm(slot, RelayingDue(slot, connection));
    }

    private void OnLingerTimer(int slot, Connection* connection)
    {
        ConnectionDetails* details = _connections.Details(slot);
        // One that a drain deadline made linger in this very turn has not begun to count.
        if (details->LingerUntil != 0 && _now >= details->LingerUntil)
        {
            _kernel.Mark(MarkId.LingerExpired);
            connection->Flags = Transitions.TimerFired(connection->Flags);
        }
        else
        {
            connection->Flags |= ConnectionFlags.TimerDue;
        }

        Enqueue(slot, connection);
    }

    private long RelayingDue(int slot, Connection* connection)
    {
        long due = LastActive(connection) + IdleTicks(connection->Flags);
        if (connection->Flags.Has(ConnectionFlags.KeepAliveSet))
        {
            return due;
        }

        return Math.Min(due, KeepAliveDue(slot));
    }

    /// <summary>
    /// The next look at what is unacknowledged, for which there is no event: after 1, 4, 16 and 40 ms,
    /// then every 100 ms, and when the linger time is over.
    /// </summary>
    private long LingeringDue(int slot)
    {
        ConnectionDetails* details = _connections.Details(slot);
        if (details->LingerUntil == 0)
        {
            details->LingerUntil = _now + _options.LingerTimeout;
        }

        long wait = details->LingerPolls switch
        {
            0 => 1,
            1 => 4,
            2 => 16,
            3 => 40,
            _ => 100,
        };
        details->LingerPolls = (byte)Math.Min(details->LingerPolls + 1, GrowingLingerPolls);
        return Math.Min(TickAfter + wait, TickOf(details->LingerUntil));
    }

    private long IdleTicks(ConnectionFlags flags)
    {
        bool half = flags.Has(ConnectionFlags.Eof, Side.Client) || flags.Has(ConnectionFlags.Eof, Side.Server);
        return ((half ? _options.HalfCloseTimeout : _options.IdleTimeout) + TickNs - 1) / TickNs;
    }

    /// <summary>The hot line has 32 bits for the tick: 49 days, which no timer reaches.</summary>
    private long LastActive(Connection* connection)
    {
        long present = TickAfter;
        return present - (uint)((uint)present - connection->ActiveAt);
    }

    private long KeepAliveDue(int slot) => TickOf(_connections.Details(slot)->StartedAt + _options.KeepAliveAfter);

    private void SetKeepAlive(int slot, Connection* connection)
    {
        connection->Flags |= ConnectionFlags.KeepAliveSet;
        if (connection->Flags.Has(ConnectionFlags.ServerUnix))
        {
            return;
        }

        // A refusal changes nothing for the session: it lives without.
        int fd = connection->Fd[(int)Side.Server];
        _ = _kernel.SetOption(fd, SocketOption.KeepAliveIdle, 60);
        _ = _kernel.SetOption(fd, SocketOption.KeepAliveInterval, 10);
        _ = _kernel.SetOption(fd, SocketOption.KeepAliveProbes, 6);
        _ = _kernel.SetOption(fd, SocketOption.KeepAlive, 1);
    }
}

using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Records;

namespace Lure.Core.Loop;

/// <content>
/// Finalize: what the results of the turn mean for each session that took part. The only place where
/// FINs are passed on, descriptors closed and slots freed.
/// </content>
public sealed unsafe partial class EventLoop<TSyscalls>
{
    private void FinalizeTurn()
    {
        foreach (int slot in _touched.Slots)
        {
            FinalizeSession(slot, _connections[slot]);
        }

        _touched.Clear();
        CloseDrainedListeners();
        if (IsFinished())
        {
            ClosePipes();
        }

        if (_recordsPublished)
        {
            _recordsPublished = false;
            if (_records.TakeReaderAsleep())
            {
                _kernel.Notify();
            }
        }
    }

    private void FinalizeSession(int slot, Connection* connection)
    {
        connection->Flags &= ~ConnectionFlags.Touched;
        if (connection->Flags.Has(ConnectionFlags.AttemptFailed))
        {
            ClearAttempt(slot, connection);
        }

        PassEnds(slot, connection);
        ConnectionFlags flags = connection->Flags;
        if (flags.Phase() == Phase.Ending)
        {
            Retire(slot, connection);
            return;
        }

        if (!IsSound(connection))
        {
            FailSelfCheck(slot, connection);
            return;
        }

        if (flags.Has(ConnectionFlags.TimerDue))
        {
            ArmTimer(slot, connection);
        }

        connection->Budget[(int)Side.Client] = _options.BytesPerTurn;
        connection->Budget[(int)Side.Server] = _options.BytesPerTurn;
        if (Decisions.Runnable(flags))
        {
            Enqueue(slot, connection);
        }
    }

    private void PassEnds(int slot, Connection* connection)
    {
        ConnectionFlags before = connection->Flags;
        ConnectionFlags after = Transitions.Settle(before);
        if (after == before && after.Phase() == Phase.Relaying)
        {
            return;
        }

        after = PassFin(slot, connection, before, after, Side.Client);
        after = PassFin(slot, connection, before, after, Side.Server);
        ConnectionFlags asked = AskAcknowledged(
            connection,
            AskAcknowledged(connection, after, Side.Client),
            Side.Server
        );
        if (asked.Phase() == Phase.Lingering)
        {
            asked = Transitions.Settle(asked);
            if (asked.Phase() == Phase.Lingering && before.Phase() != Phase.Lingering)
            {
                _kernel.Mark(MarkId.LingerWaits);
            }
        }

        connection->Flags = asked;
    }

    private ConnectionFlags PassFin(
        int slot,
        Connection* connection,
        ConnectionFlags before,
        ConnectionFlags after,
        Side target
    )
    {
        if (Decisions.ShutdownDue(before, after, target))
        {
            int result = _kernel.Shutdown(connection->Fd[(int)target]);
            if (result < 0)
            {
                _kernel.Mark(MarkId.DeathLearnedByFin);
                _connections.Details(slot)->Error[(int)target] = -result;
                return Transitions.FinRefused(after, target);
            }
        }
        else if (!before.Has(ConnectionFlags.FinSent, target) && after.Has(ConnectionFlags.FinSent, target))
        {
            _kernel.Mark(MarkId.FinByClose);
        }

        return after;
    }

    private ConnectionFlags AskAcknowledged(Connection* connection, ConnectionFlags flags, Side side)
    {
        if (!Decisions.AcknowledgementDue(flags, side))
        {
            return flags;
        }

        return Unacknowledged(connection, flags, side) == 0 ? Transitions.Acknowledged(flags, side) : flags;
    }

    /// <summary>Bytes that a side's kernel holds for its peer. A FIN that we sent counts as one until it is acknowledged, and is last.</summary>
    private long Unacknowledged(Connection* connection, ConnectionFlags flags, Side side)
    {
        int count = _kernel.Unacknowledged(connection->Fd[(int)side]);
        if (count <= 0)
        {
            return 0;
        }

        return flags.Has(ConnectionFlags.FinSent, side) ? count - 1 : count;
    }

    /// <summary>Closes what is left of an attempt and holds it against the server if it is to blame.</summary>
    private void ClearAttempt(int slot, Connection* connection)
    {
        ConnectionDetails* details = _connections.Details(slot);
        ConnectionFlags flags = connection->Flags;
        if (flags.Has(ConnectionFlags.Open, Side.Server))
        {
            int fd = connection->Fd[(int)Side.Server];
            if (flags.Failure() == ConnectFailure.TimedOut)
            {
                // It may have been accepted since: a plain close would tell the server of a whole stream.
                _ = _kernel.SetOption(fd, SocketOption.ResetOnClose, 1);
            }

            _ = _kernel.Close(fd);
            connection->Fd[(int)Side.Server] = -1;
        }

        bool blamed = flags.Failure() is ConnectFailure.Refused or ConnectFailure.TimedOut;
        if (blamed && _balancer.NoteFailure(details->Backend, details->LastServer, _now))
        {
            _counters->Ejections++;
            long until = _now + _backends.Backend(details->Backend)->EjectFor;
            PublishServer(
                RecordKind.ServerEjected,
                details->Backend,
                details->LastServer,
                until,
                details->Error[(int)Side.Server]
            );
        }

        _balancer.Release(details);
        connection->Flags = Transitions.AttemptCleared(flags);
        if (connection->Flags.Has(ConnectionFlags.ConnectDue))
        {
            _kernel.Mark(MarkId.NextServer);
        }
    }

    private void CloseDrainedListeners()
    {
        foreach (ref ListenerEntry listener in Listeners)
        {
            if (listener.Drained)
            {
                CloseListener(ref listener);
            }
        }
    }

    /// <summary>The flags agree with themselves and with what is held.</summary>
    private static bool IsSound(Connection* connection)
    {
        ConnectionFlags flags = connection->Flags;
        bool up = (connection->Held[(int)Side.Client] != 0) == flags.Has(ConnectionFlags.Pending, Side.Server);
        bool down = (connection->Held[(int)Side.Server] != 0) == flags.Has(ConnectionFlags.Pending, Side.Client);
        return up && down && Decisions.IsConsistent(flags);
    }

    private void FailSelfCheck(int slot, Connection* connection)
    {
        _kernel.Mark(MarkId.SelfCheckFailed);
        _counters->SelfChecksFailed++;
        PublishFlags(slot, connection);
        connection->Flags = Transitions.SelfCheckFailed(connection->Flags);
        Retire(slot, connection);
    }
}

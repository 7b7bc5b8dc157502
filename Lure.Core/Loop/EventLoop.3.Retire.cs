using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Records;

namespace Lure.Core.Loop;

/// <content>The end of a session: one record, two descriptors closed, everything given back.</content>
public sealed unsafe partial class EventLoop<TSyscalls>
{
    private void Retire(int slot, Connection* connection)
    {
        ConnectionDetails* details = _connections.Details(slot);
        _timers.Disarm(slot);
        _balancer.Release(details);
        _shared.RemoveListenerSession(details->Listener);

        LoopRecord record = EndRecord(slot, connection, details);
        CloseSide(slot, connection, Side.Client);
        CloseSide(slot, connection, Side.Server);
        _shared.ReleaseSession();
        record.ProcessSessions = _shared.Sessions;
        CountEnd(record);
        Publish(record);

        _connections.Return(slot);
        ResumeFullListeners();
    }

    private void CloseSide(int slot, Connection* connection, Side side)
    {
        ConnectionFlags flags = connection->Flags;
        int held = connection->Held[(int)side];
        if (held > 0)
        {
            _buffers.Return(held, Owner(slot, side));
        }
        else if (held < 0)
        {
            GiveUpPipe(-held, Owner(slot, side));
        }

        if (!flags.Has(ConnectionFlags.Open, side))
        {
            return;
        }

        int fd = connection->Fd[(int)side];
        if (Decisions.EndsByReset(flags, side))
        {
            _ = _kernel.SetOption(fd, SocketOption.ResetOnClose, 1);
        }

        // EINTR and EIO: the descriptor is closed all the same (close(2)).
        _ = _kernel.Close(fd);
    }

    private LoopRecord EndRecord(int slot, Connection* connection, ConnectionDetails* details)
    {
        ConnectionFlags flags = connection->Flags;
        return new LoopRecord
        {
            Kind = RecordKind.SessionEnd,
            Id = connection->Id,
            Flags = (ulong)flags,
            StartedAt = details->StartedAt,
            ConnectStartedAt = details->TriedCount > 0 ? details->ConnectStartedAt : 0,
            ConnectedAt = details->ConnectedAt,
            EndedAt = _now,
            Up = connection->Received[(int)Side.Client],
            Down = connection->Received[(int)Side.Server],
            LostUp = Lost(slot, connection, Side.Client),
            LostDown = Lost(slot, connection, Side.Server),
            Listener = details->Listener,
            Backend = details->Backend,
            Server = details->LastServer,
            ClientErrno = details->Error[(int)Side.Client],
            ServerErrno = details->Error[(int)Side.Server],
            ListenerSessions = _shared.ListenerSessions(details->Listener),
            BackendSessions = _balancer.Sessions(details->Backend),
            ServerSessions = details->LastServer < 0 ? 0 : _shared.ServerSessions(details->LastServer),
            Client = details->Client,
            Worker = (byte)_options.Worker,
            Who = EndCode.Who(flags),
            State = EndCode.State(flags),
            ClientEnd = Decisions.EndOf(flags, Side.Client),
            ServerEnd = Decisions.EndOf(flags, Side.Server),
            ClientOut = Decisions.OutOf(flags, Side.Client),
            ServerOut = Decisions.OutOf(flags, Side.Server),
            ServerEndedFirst = flags.Has(ConnectionFlags.ServerEndedFirst),
            Retries = (byte)(details->TriedCount > 0 ? details->TriedCount - 1 : 0),
        };
    }

    /// <summary>
    /// Of the bytes received from a source: those that wait here, and those that the target's kernel
    /// holds unacknowledged and is about to drop. After a FIN both ways it goes on sending, so none.
    /// </summary>
    private long Lost(int slot, Connection* connection, Side source)
    {
        ConnectionFlags flags = connection->Flags;
        if (Decisions.EndsByFin(flags))
        {
            return 0;
        }

        Side target = source.Other();
        long here = Waiting(slot, connection, source);
        return flags.Has(ConnectionFlags.Open, target) ? here + Unacknowledged(connection, flags, target) : here;
    }

    private void CountEnd(in LoopRecord record)
    {
        _counters->LostUp += record.LostUp;
        _counters->LostDown += record.LostDown;
        switch (record.Who)
        {
            case (byte)'-':
                _counters->EndedNormally++;
                break;
            case (byte)'C' or (byte)'c':
                _counters->EndedByClient++;
                break;
            case (byte)'S' or (byte)'s':
                _counters->EndedByServer++;
                break;
            default:
                _counters->EndedHere++;
                break;
        }
    }
}

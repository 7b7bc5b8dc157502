using System;
using Lure.Core.Backends;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Records;

namespace Lure.Core.Loop;

/// <content>Connecting to a server, the first one and the next one alike.</content>
public sealed unsafe partial class EventLoop<TSyscalls>
{
    private void StartConnects()
    {
        foreach (ref readonly BatchEntry entry in new Span<BatchEntry>(_batch, _batchCount))
        {
            int slot = entry.Slot;
            Connection* connection = _connections[slot];
            const ConnectionFlags asked = ConnectionFlags.ConnectDue | ConnectionFlags.AttemptFailed;
            bool due = (connection->Flags & asked) == ConnectionFlags.ConnectDue;
            if (due && !connection->Flags.Has(ConnectionFlags.Dead, Side.Client))
            {
                StartConnect(slot, connection);
            }
        }
    }

    private void StartConnect(int slot, Connection* connection)
    {
        ConnectionDetails* details = _connections.Details(slot);
        int server = _balancer.Choose(details, _now, out bool allEjected);
        if (allEjected)
        {
            _kernel.Mark(MarkId.AllEjected);
            _counters->AllEjected++;
            PublishServer(RecordKind.AllEjected, details->Backend, -1, _now, errno: 0);
        }

        if (server < 0)
        {
            connection->Flags = Transitions.NoServer(connection->Flags, server == Balancer.AllFull);
            return;
        }

        _counters->Connects++;
        details->ConnectStartedAt = _now;
        SocketAddress* address = &_backends.Server(server)->Address;
        int fd = _kernel.Open(in *address);
        if (fd < 0)
        {
            FailAttempt(slot, connection, Fates.OfConnect(-fd), -fd);
            return;
        }

        connection->Fd[(int)Side.Server] = fd;
        connection->Flags = Transitions.ConnectStarted(connection->Flags);
        connection->Flags &= ~(ConnectionFlags.ServerUnix | ConnectionFlags.NoDelayDue);
        connection->Flags |=
            address->Family == SocketAddress.FamilyUnix ? ConnectionFlags.ServerUnix : ConnectionFlags.NoDelayDue;

        int result = _kernel.Connect(fd, in *address);
        if (result < 0 && result != -Errno.InProgress && result != -Errno.Interrupted)
        {
            FailAttempt(slot, connection, Fates.OfConnect(-result), -result);
            return;
        }

        WatchDue(slot, connection, ConnectionFlags.WatchServerDue);
        if (result == 0)
        {
            connection->Flags = Transitions.Connected(connection->Flags);
            NoteConnected(slot, connection);
        }
    }

    private void AskVerdict(int slot, Connection* connection)
    {
        bool known = Decisions.VerdictIsKnown(connection->Flags);
        int result = known ? 0 : _kernel.ConnectResult(connection->Fd[(int)Side.Server]);
        if (result < 0)
        {
            FailAttempt(slot, connection, Fates.OfConnect(-result), -result);
            return;
        }

        connection->Flags = Transitions.ConnectAnswered(connection->Flags);
        if (connection->Flags.Phase() == Phase.Relaying)
        {
            NoteConnected(slot, connection);
        }
    }

    private void NoteConnected(int slot, Connection* connection)
    {
        ConnectionDetails* details = _connections.Details(slot);
        details->ConnectedAt = _now;
        details->Error[(int)Side.Server] = 0;
        connection->ActiveAt = _activeTick;
        _balancer.NoteSuccess(details->Server);
    }

    private void FailAttempt(int slot, Connection* connection, ConnectFailure failure, int errno)
    {
        ConnectionDetails* details = _connections.Details(slot);
        details->Error[(int)Side.Server] = errno;
        _counters->ConnectFailures++;
        bool another = details->TriedCount <= _backends.Backend(details->Backend)->Retries;
        connection->Flags = Transitions.ConnectFailed(connection->Flags, failure, another);
    }
}

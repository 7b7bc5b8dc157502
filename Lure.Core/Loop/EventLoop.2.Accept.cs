using System;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Records;

namespace Lure.Core.Loop;

/// <content>Accepting: a place and two descriptors are taken before a client is.</content>
public sealed unsafe partial class EventLoop<TSyscalls>
{
    private void AcceptAll()
    {
        foreach (ref ListenerEntry listener in Listeners)
        {
            if (listener.Ready)
            {
                listener.Ready = _draining;
                AcceptFrom(ref listener);
            }
        }
    }

    /// <summary>
    /// Takes up to a burst. The listener is level-triggered, so one that is alone costs one call and
    /// no EAGAIN; a queue that outlasts its burst is given a larger one in the next turn.
    /// </summary>
    private void AcceptFrom(ref ListenerEntry listener)
    {
        int burst = Math.Min(listener.Burst, _options.AcceptsPerTurn);
        for (int i = 0; i < burst; i++)
        {
            if (!TryReserve())
            {
                _sessionsFull = true;
                PauseListener(ref listener, RecordKind.SessionsFull, errno: 0);
                return;
            }

            int fd = _kernel.Accept(listener.Fd, out SocketAddress peer);
            if (fd >= 0)
            {
                OpenSession(ref listener, fd, peer);
                continue;
            }

            _shared.ReleaseSession();
            if (!ContinueAfter(ref listener, -fd))
            {
                return;
            }
        }

        listener.Burst = burst * 2;
    }

    /// <summary>The pool is as large as the process's limit; a smaller one, as in a simulation, is a limit too.</summary>
    private bool TryReserve()
    {
        if (_connections.Used >= _connections.Capacity)
        {
            return false;
        }

        return _shared.TryReserveSession();
    }

    private bool ContinueAfter(ref ListenerEntry listener, int errno)
    {
        switch (Fates.OfAccept(errno))
        {
            case AcceptFate.Empty:
                listener.Burst = 1;
                listener.Drained = _draining;
                return false;
            case AcceptFate.Retry:
                _kernel.Mark(MarkId.AcceptRetried);
                return true;
            case AcceptFate.Pause:
                PauseListener(ref listener, RecordKind.AcceptPaused, errno);
                return false;
            default:
                _kernel.Mark(MarkId.ListenerFailed);
                Publish(RecordKind.ListenerFailed, listener.Number, errno);
                listener.Drained = true;
                return false;
        }
    }

    private void OpenSession(ref ListenerEntry listener, int fd, in SocketAddress peer)
    {
        int slot = _connections.Take();
        Check.That(slot >= 0, "a place in the pool was reserved");
        _shared.AddListenerSession(listener.Number);
        _counters->Accepted++;

        Connection* connection = _connections[slot];
        connection->Id = ((ulong)(uint)_options.Worker << 56) | ++_nextId;
        connection->Flags = Transitions.Accepted();
        if (peer.Family == SocketAddress.FamilyUnix)
        {
            connection->Flags |= ConnectionFlags.ClientUnix;
        }

        connection->Fd[(int)Side.Client] = fd;
        connection->Fd[(int)Side.Server] = -1;
        connection->ActiveAt = (uint)TickAfter;

        ConnectionDetails* details = _connections.Details(slot);
        details->StartedAt = _now;
        details->ConnectStartedAt = _now;
        details->Listener = listener.Number;
        details->Backend = listener.Backend;
        details->Server = -1;
        details->LastServer = -1;
        details->Client = ClientAddress.From(peer);

        WatchDue(slot, connection, ConnectionFlags.WatchClientDue);
        Enqueue(slot, connection);
    }

    private void WatchDue(int slot, Connection* connection, ConnectionFlags due)
    {
        const ConnectionFlags any = ConnectionFlags.WatchClientDue | ConnectionFlags.WatchServerDue;
        if (!connection->Flags.Has(any))
        {
            _watchesDue.Add(slot);
        }

        connection->Flags |= due;
    }
}

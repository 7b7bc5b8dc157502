using System;
using System.Collections.Generic;
using Lure.Core.Backends;
using Lure.Core.Kernel;
using Lure.Core.Records;

namespace Lure.Sim.Checking;

/// <content>V23, what records tell beside the end itself: of whom, by whom, when, and who is left.</content>
internal sealed partial class Ledger
{
    /// <summary>By listener: sessions that were accepted there and have no record yet.</summary>
    private readonly List<int> _atListener = [];

    private void BeginTelling()
    {
        _atListener.Clear();
        for (int i = 0; i < _topology.Listeners; i++)
        {
            _atListener.Add(0);
        }
    }

    private void CheckTelling(SessionShadow session, in LoopRecord record)
    {
        if (record.EndedAt != _workers[session.Worker].Now)
        {
            Fail(
                session,
                $"V23: the record says that it ended at {record.EndedAt}, it is {_workers[session.Worker].Now}"
            );
        }

        if (record.Worker != session.Worker || record.Id >> 56 != (ulong)session.Worker)
        {
            Fail(
                session,
                $"V23: the record names worker {record.Worker}, id {record.Id:x}, it was worker {session.Worker}"
            );
        }

        CheckClientAddress(session, record);
        foreach (SessionShadow other in _sessions)
        {
            if (other != session && other.Recorded && other.Record.Id == record.Id)
            {
                Fail(session, $"V23: two sessions have the id {record.Id:x}");
            }
        }

        _atListener[session.Listener]--;
        session.Server = -1;
        if (IsAlone)
        {
            CheckLeft(session, record);
        }
    }

    private void CheckClientAddress(SessionShadow session, in LoopRecord record)
    {
        ReadOnlySpan<byte> told = record.Client.Bytes;
        ReadOnlySpan<byte> address = session.Address.Bytes;
        bool holds = told.StartsWith(address) && !told[address.Length..].ContainsAnyExcept((byte)0);
        if (!holds)
        {
            Fail(session, "V23: the record names another client");
        }
    }

    /// <summary>Sessions that are left, by the process, the listener, the backend and the server: after this one.</summary>
    private void CheckLeft(SessionShadow session, in LoopRecord record)
    {
        int live = 0;
        foreach (int count in _atListener)
        {
            live += count;
        }

        (int, int) told = (record.ProcessSessions, record.ListenerSessions);
        if (told != (live, _atListener[session.Listener]))
        {
            Fail(
                session,
                $"V23: the record says that {told} sessions are left of the process and its listener, it is {(live, _atListener[session.Listener])}"
            );
        }

        if (_workers[session.Worker].OpenFailed)
        {
            return; // such an attempt is counted at a server that no call has named
        }

        BackendSpec backend = BackendOf(session, out int first);
        CheckLeftAt(session, "backend", record.BackendSessions, first, backend.Servers.Length);
        if (record.Server >= 0)
        {
            CheckLeftAt(session, "server", record.ServerSessions, record.Server, 1);
        }
    }

    /// <summary>Failed attempts of the same turn leave their counts one after the other, in finalize: some may have done so.</summary>
    private void CheckLeftAt(SessionShadow session, string where, int told, int first, int count)
    {
        int least = 0;
        int leaving = 0;
        foreach (SessionShadow other in _sessions)
        {
            bool isThere = other.Server >= first && other.Server < first + count;
            least += isThere ? 1 : 0;
            bool leaves = other.ReleasedTurn == _workers[session.Worker].Turn;
            bool wasThere = leaves && other.ReleasedServer >= first && other.ReleasedServer < first + count;
            leaving += wasThere ? 1 : 0;
        }

        if (told < least || told > least + leaving)
        {
            Fail(session, $"V23: the record says that {told} sessions are left of its {where}, it is {least}");
        }
    }

    /// <summary>An attempt that failed leaves its server's count at the end of the turn.</summary>
    private void LeaveServer(SessionShadow session)
    {
        (session.ReleasedServer, session.ReleasedTurn) = (session.Server, _workers[session.Worker].Turn);
        session.Server = -1;
    }

    /// <summary>A pause is told once, with its listener and its reason, in the order in which they came.</summary>
    private void CheckPauseTold(int worker, in LoopRecord record)
    {
        bool known = (uint)record.Listener < (uint)_topology.Listeners && record.Worker == worker;
        if (record.Kind == RecordKind.SessionsFull)
        {
            if (!known || record.ClientErrno != 0)
            {
                Fail(
                    null,
                    $"V18: listener {record.Listener + 1} is said to wait for a place, errno {record.ClientErrno}"
                );
            }

            return;
        }

        bool due = _workers[worker].PausesDue.TryDequeue(out (int Listener, int Errno) pause);
        if (!known || !due || pause != (record.Listener, record.ClientErrno))
        {
            Fail(
                null,
                $"V18: listener {record.Listener + 1} is said to pause for {ErrnoName.Of(record.ClientErrno)}, it was {pause}"
            );
        }
    }

    private void CheckAllPausesTold(int worker)
    {
        if (_workers[worker].PausesDue.Count > 0)
        {
            Fail(
                null,
                $"V18: listener {_workers[worker].PausesDue.Peek().Listener + 1} pauses, and no record tells of it"
            );
        }
    }
}

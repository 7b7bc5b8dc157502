using System.Collections.Generic;
using Lure.Core.Backends;
using Lure.Core.Connections;
using Lure.Core.Records;

namespace Lure.Sim.Checking;

/// <content>Servers that fail in a row, and are left out for a while.</content>
internal sealed partial class Ledger
{
    /// <summary>A connect worked: failures in a row are over.</summary>
    private void NoteSuccess(SessionShadow session)
    {
        session.ConnectedAt = _workers[session.Worker].Now;
        ServerShadow server = _servers[session.Servers[^1]];
        if (server.Failures != 0)
        {
            (server.Failures, server.EjectedUntil) = (0, 0);
        }
    }

    /// <summary>An attempt failed: by the server's fault or not.</summary>
    private void NoteFailure(SessionShadow session, ConnectFailure failure, int errno)
    {
        _failures++;
        LeaveServer(session);
        if (failure is ConnectFailure.Refused or ConnectFailure.TimedOut)
        {
            _servers[session.Servers[^1]].FailuresDue++;
            _servers[session.Servers[^1]].Errors.Add(errno);
        }
    }

    /// <summary>Failures are counted in finalize: after whatever worked in the same turn.</summary>
    private void CountFailures()
    {
        foreach (ServerShadow server in _servers)
        {
            server.Failures += server.FailuresDue;
            server.FailedInTurn |= server.FailuresDue > 0;
            server.FailuresDue = 0;
        }
    }

    private void CheckEjection(int worker, in LoopRecord record)
    {
        _ejections++;
        if (!IsAlone)
        {
            return;
        }

        long now = _workers[worker].Now;
        ServerShadow server = _servers[record.Server];
        BackendSpec backend = _topology.Backends[record.Backend];
        bool due = backend.EjectAfter > 0 && server.Failures >= backend.EjectAfter;
        if (!due || server.EjectedUntil > now || !IsAnotherUsable(record.Backend, record.Server, now))
        {
            Fail(
                null,
                $"V16: server {record.Server + 1} is left out after {server.Failures} failures, already until {server.EjectedUntil}, now {now}"
            );
        }

        if (!server.Errors.Contains(record.ServerErrno))
        {
            Fail(
                null,
                $"V16: server {record.Server + 1} is said to have failed with {record.ServerErrno}, and has not"
            );
        }

        if (record.EndedAt != now + backend.EjectFor)
        {
            Fail(null, $"V16: server {record.Server + 1} is left out until {record.EndedAt}, now {now}");
        }

        server.EjectedUntil = record.EndedAt;
    }

    private void CheckAllEjected(int worker, in LoopRecord record)
    {
        _allEjected++;
        int first = 0;
        for (int i = 0; i < record.Backend; i++)
        {
            first += _topology.Backends[i].Servers.Length;
        }

        for (int i = first; i < first + _topology.Backends[record.Backend].Servers.Length && IsAlone; i++)
        {
            if (!IsEjected(i, _workers[worker].Now))
            {
                Fail(null, $"V16: every server of the backend is said to be left out, server {i + 1} is not");
            }
        }
    }

    /// <summary>At the end of a turn: who failed often enough is left out, and the shared lines say the same.</summary>
    private void CheckServers(int worker)
    {
        if (!IsAlone)
        {
            return;
        }

        long now = _workers[worker].Now;
        int number = 0;
        for (int i = 0; i < _topology.Backends.Length; i++)
        {
            BackendSpec backend = _topology.Backends[i];
            for (int k = 0; k < backend.Servers.Length; k++, number++)
            {
                ServerShadow server = _servers[number];
                bool due = server.FailedInTurn && backend.EjectAfter > 0 && server.Failures >= backend.EjectAfter;
                server.FailedInTurn = false;
                server.Errors.Clear();
                if (due && server.EjectedUntil <= now && IsAnotherUsable(i, number, now))
                {
                    Fail(null, $"V16: server {number + 1} has failed {server.Failures} times and is not left out");
                }

                SharedState shared = _simulation.Workers.Shared;
                (int, long) counted = (shared.ServerFailures(number), shared.ServerEjectedUntil(number));
                if (counted != (server.Failures, server.EjectedUntil))
                {
                    Fail(
                        null,
                        $"V16: server {number + 1} is counted {counted}, it was {(server.Failures, server.EjectedUntil)}"
                    );
                }
            }
        }
    }

    private bool IsAnotherUsable(int backend, int server, long now)
    {
        int first = 0;
        for (int i = 0; i < backend; i++)
        {
            first += _topology.Backends[i].Servers.Length;
        }

        for (int i = first; i < first + _topology.Backends[backend].Servers.Length; i++)
        {
            if (i != server && !IsEjected(i, now))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class ServerShadow
    {
        /// <summary>In a row.</summary>
        public int Failures;

        /// <summary>ns.</summary>
        public long EjectedUntil;
        public bool FailedInTurn;

        /// <summary>What its connects failed with in this turn.</summary>
        public readonly List<int> Errors = [];

        /// <summary>Of this turn, not yet counted.</summary>
        public int FailuresDue;

        public void Clear()
        {
            (Failures, EjectedUntil, FailedInTurn, FailuresDue) = (0, 0, false, 0);
            Errors.Clear();
        }
    }
}

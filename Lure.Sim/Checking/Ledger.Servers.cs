using System;
using System.Collections.Generic;
using Lure.Core.Backends;
using Lure.Core.Connections;
using Lure.Core.Records;

namespace Lure.Sim.Checking;

/// <content>
/// Which server a session may be given, who is left out, and the limits. With one worker the account is exact;
/// with several it would depend on who was faster between two calls, so there only the limits are held.
/// </content>
internal sealed partial class Ledger
{
    private readonly List<ServerShadow> _servers = [];
    private int _clientsOpen;
    private long _opens;
    private long _failures;
    private long _ejections;
    private long _allEjected;
    private long _pauses;

    private bool IsAlone => _simulation.Workers.Count == 1;

    private void BeginServers()
    {
        (_clientsOpen, _opens, _failures, _ejections) = (0, 0, 0, 0);
        (_allEjected, _pauses) = (0, 0);
        while (_servers.Count < _topology.ServerCount)
        {
            _servers.Add(new ServerShadow());
        }

        foreach (ServerShadow server in _servers)
        {
            server.Clear();
        }
    }

    private BackendSpec BackendOf(SessionShadow session, out int first)
    {
        int backend = _simulation.Plan.Fronts[session.Listener];
        first = 0;
        for (int i = 0; i < backend; i++)
        {
            first += _topology.Backends[i].Servers.Length;
        }

        return _topology.Backends[backend];
    }

    /// <summary>V23: a server is tried once, no other backend's, and none while a better one is there.</summary>
    private void NoteServer(int worker, SessionShadow session, int server)
    {
        BackendSpec backend = BackendOf(session, out int first);
        int place = server - first;
        if (place < 0 || place >= backend.Servers.Length)
        {
            Fail(session, $"V23: server {server + 1} is not in its backend");
        }

        if (session.Servers.Contains(server))
        {
            Fail(session, $"V23: server {server + 1} is tried again");
        }

        if (IsAlone)
        {
            CheckChoice(session, backend, first, place, _workers[worker].Now);
        }

        session.Servers.Add(server);
        CheckLimits();
    }

    private void CheckChoice(SessionShadow session, BackendSpec backend, int first, int chosen, long now)
    {
        bool ejected = IsEjected(first + chosen, now);
        bool backup = backend.Servers[chosen].Backup;
        for (int i = 0; i < backend.Servers.Length; i++)
        {
            bool untried = i != chosen && !session.Servers.Contains(first + i);
            bool usable = !IsEjected(first + i, now);
            bool hasPlace = HasPlace(backend.Servers[i], first + i);
            if (untried && ejected && usable)
            {
                Fail(session, $"V23: server {first + chosen + 1} is left out, and used before server {first + i + 1}");
            }

            bool equal = untried && usable && !ejected && hasPlace && backup == backend.Servers[i].Backup;
            if (equal && backend.Balance == Balance.LeastConnections && IsLighter(backend, first, i, chosen))
            {
                Fail(session, $"V23: server {first + i + 1} has less to do than server {first + chosen + 1}");
            }

            bool better = backup && !backend.Servers[i].Backup && hasPlace && (ejected || usable);
            if (untried && better)
            {
                Fail(session, $"V23: the backup {first + chosen + 1} is used before server {first + i + 1}");
            }
        }
    }

    /// <summary>Fewer sessions for its weight than the chosen one had before this session.</summary>
    private bool IsLighter(BackendSpec backend, int first, int i, int chosen)
    {
        SharedState shared = _simulation.Workers.Shared;
        long sessions = shared.ServerSessions(first + i);
        long others = shared.ServerSessions(first + chosen) - 1;
        return sessions * backend.Servers[chosen].Weight < others * backend.Servers[i].Weight;
    }

    private bool IsEjected(int server, long now) => _servers[server].EjectedUntil > now;

    private bool HasPlace(ServerSpec server, int number) =>
        server.MaxSessions == 0 || _simulation.Workers.Shared.ServerSessions(number) < server.MaxSessions;

    /// <summary>V16: no limit is passed, at no moment.</summary>
    private void CheckLimits()
    {
        if (_clientsOpen > _simulation.Plan.SessionsMax)
        {
            Fail(null, $"V16: {_clientsOpen} clients are open, {_simulation.Plan.SessionsMax} sessions are allowed");
        }

        SharedState shared = _simulation.Workers.Shared;
        if (shared.Sessions < 0 || shared.Sessions > _simulation.Plan.SessionsMax)
        {
            Fail(null, $"V16: {shared.Sessions} sessions are counted, {_simulation.Plan.SessionsMax} are allowed");
        }

        int number = 0;
        foreach (BackendSpec backend in _topology.Backends)
        {
            foreach (ServerSpec server in backend.Servers)
            {
                int sessions = shared.ServerSessions(number++);
                if (sessions < 0 || (server.MaxSessions != 0 && sessions > server.MaxSessions))
                {
                    Fail(null, $"V16: server {number} has {sessions} sessions, {server.MaxSessions} are allowed");
                }
            }
        }
    }

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
    private void NoteFailure(SessionShadow session, ConnectFailure failure)
    {
        _failures++;
        if (failure is ConnectFailure.Refused or ConnectFailure.TimedOut)
        {
            _servers[session.Servers[^1]].FailuresDue++;
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

    /// <summary>V23: as many attempts are made as there are retries and servers, where nothing else ends them.</summary>
    private void CheckAttempts(SessionShadow session)
    {
        BackendSpec backend = BackendOf(session, out _);
        int allowed = Math.Min(1 + backend.Retries, backend.Servers.Length);
        bool limited = false;
        foreach (ServerSpec server in backend.Servers)
        {
            limited |= server.MaxSessions > 0;
        }

        if (!limited && session.Attempts.Count < allowed)
        {
            Fail(session, $"V23: {session.Attempts.Count} attempts were made, {allowed} are allowed");
        }
    }

    private sealed class ServerShadow
    {
        /// <summary>In a row.</summary>
        public int Failures;

        /// <summary>ns.</summary>
        public long EjectedUntil;
        public bool FailedInTurn;

        /// <summary>Of this turn, not yet counted.</summary>
        public int FailuresDue;

        public void Clear() => (Failures, EjectedUntil, FailedInTurn, FailuresDue) = (0, 0, false, 0);
    }
}

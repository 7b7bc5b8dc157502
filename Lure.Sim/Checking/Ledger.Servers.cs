using System;
using System.Collections.Generic;
using Lure.Core.Backends;

namespace Lure.Sim.Checking;

/// <content>
/// Which server a session may be given, who is left out, and the limits. With one worker the account is exact;
/// with several it would depend on who was faster between two calls, so there only the limits are held.
/// </content>
internal sealed partial class Ledger
{
    private readonly List<ServerShadow> _servers = [];
    private const int DescriptorsPerSession = 2;

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
        BeginBalance();
        BeginTelling();
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
        int backend = _simulation.Plan.Fronts[session.Listener].Backend;
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
            CheckBalance(session, backend, first, place, _workers[worker].Now);
        }

        session.Servers.Add(server);
        session.Server = server;
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
        int places = _simulation.Plan.Places;
        if (_clientsOpen > places)
        {
            Fail(null, $"V16: {_clientsOpen} clients are open, {places} sessions are allowed");
        }

        SharedState shared = _simulation.Workers.Shared;
        if (shared.Sessions < 0 || shared.Sessions > places)
        {
            Fail(null, $"V16: {shared.Sessions} sessions are counted, {places} are allowed");
        }

        if (shared.Descriptors != DescriptorsPerSession * shared.Sessions)
        {
            Fail(null, $"V16: {shared.Descriptors} descriptors are promised to {shared.Sessions} sessions");
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
}

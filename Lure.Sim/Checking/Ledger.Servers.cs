using System.Collections.Generic;
using Lure.Core.Backends;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Core.Records;

namespace Lure.Sim.Checking;

/// <content>
/// Which server is tried when: never one twice for a session, never more than it may have, one that is
/// left out only for want of others, and left out when it has failed often enough, once.
/// </content>
/// <remarks>
/// The counts of failures are compared with one worker only: between two calls of one, another may fail
/// or succeed, and who was first is known to neither.
/// </remarks>
internal sealed partial class Ledger
{
    private readonly List<ServerShadow> _servers = [];
    private int _live;

    private bool IsAlone => _simulation.Workers.Count == 1;

    private void BeginServers()
    {
        _live = 0;
        int number = 0;
        for (int backend = 0; backend < _topology.Backends.Length; backend++)
        {
            foreach (ServerSpec server in _topology.Backends[backend].Servers)
            {
                if (number == _servers.Count)
                {
                    _servers.Add(new ServerShadow());
                }

                _servers[number++].Clear(backend, server.MaxSessions, server.Backup);
            }
        }
    }

    /// <summary>A connect is about to be made to an address.</summary>
    public void Connecting(int fd, in SocketAddress address)
    {
        if (Find(fd, out _) is not { } session)
        {
            return;
        }

        int number = _simulation.Cast.ServerAt(address);
        int backend = _simulation.Plan.Fronts[session.Listener];
        if (number < 0 || _servers[number].Backend != backend)
        {
            Fail(session, $"V24: it is given server {number + 1}, which is not its backend's");
            return;
        }

        if (session.Tried.Contains(number))
        {
            Fail(session, $"V24: server {number + 1} is tried twice");
        }

        if (IsAlone)
        {
            CheckChoice(session, number);
        }

        session.Tried.Add(number);
        ServerShadow server = _servers[number];
        server.Live++;
        if (IsAlone && server.MaxSessions > 0 && server.Live > server.MaxSessions)
        {
            Fail(session, $"V24: server {number + 1} has {server.Live} sessions, {server.MaxSessions} are allowed");
        }
    }

    /// <summary>Who is left out, or a backup, is only tried when nobody else is left.</summary>
    private void CheckChoice(SessionShadow session, int number)
    {
        NoteSuccesses(session.Worker);
        ServerShadow chosen = _servers[number];
        bool ejected = chosen.EjectedUntil > _workers[session.Worker].Now;
        for (int other = 0; other < _topology.ServerCount; other++)
        {
            ServerShadow server = _servers[other];
            bool free =
                other != number
                && server.Backend == chosen.Backend
                && !session.Tried.Contains(other)
                && server.EjectedUntil <= _workers[session.Worker].Now
                && (server.MaxSessions == 0 || server.Live < server.MaxSessions);
            if (free && ejected)
            {
                Fail(session, $"V24: server {number + 1} is left out, and chosen although server {other + 1} is free");
            }

            if (free && chosen.Backup && !server.Backup && !ejected)
            {
                Fail(session, $"V24: server {number + 1} is a backup, and chosen although server {other + 1} is free");
            }
        }
    }

    /// <summary>An attempt or a session has given its server back.</summary>
    private void LeaveServer(SessionShadow session)
    {
        if (session.Tried.Count == 0)
        {
            return;
        }

        ServerShadow server = _servers[session.Tried[^1]];
        server.Live--;
        bool failed = session.ConnectError != 0 || session.ConnectTimedOut;
        if (!IsAlone || session.Reached || !failed)
        {
            return;
        }

        ConnectFailure failure =
            session.ConnectError == 0 ? ConnectFailure.TimedOut : Fates.OfConnect(session.ConnectError);
        if (failure is ConnectFailure.Refused or ConnectFailure.TimedOut)
        {
            NoteSuccesses(session.Worker);
            NoteFailure(server, session.Tried[^1]);
        }
    }

    private void NoteFailure(ServerShadow server, int number)
    {
        long now = _workers[0].Now;
        BackendSpec backend = _topology.Backends[server.Backend];
        server.Failures++;
        bool another = false;
        for (int other = 0; other < _topology.ServerCount; other++)
        {
            another |=
                other != number && _servers[other].Backend == server.Backend && _servers[other].EjectedUntil <= now;
        }

        if (backend.EjectAfter > 0 && server.Failures >= backend.EjectAfter && another && server.EjectedUntil <= now)
        {
            server.EjectedUntil = now + backend.EjectFor;
            server.EjectionDue = true;
        }
    }

    /// <summary>Whoever has been connected since the last look ends the row of failures of its server.</summary>
    private void NoteSuccesses(int worker)
    {
        ILoopInspection loop = _simulation.Workers.Loop(worker);
        for (int slot = 0; slot < loop.SlotsUsed; slot++)
        {
            bool connected =
                loop.TryInspect(slot, out SessionView view)
                && WasReached(view)
                && Find(view.ClientFd, out _) is { Reached: false };
            if (connected)
            {
                NoteSuccess(Find(view.ClientFd, out _)!);
            }
        }
    }

    private static bool WasReached(in SessionView view) =>
        view.Flags.Phase() is Phase.Relaying or Phase.Lingering
        || (view.Flags.Phase() == Phase.Ending && view.Flags.EndState() is not (EndState.Connect or EndState.Queue));

    private void NoteSuccess(SessionShadow session)
    {
        session.Reached = true;
        if (session.Tried.Count > 0)
        {
            ServerShadow server = _servers[session.Tried[^1]];
            (server.EjectedUntil, server.Failures) = server.Failures != 0 ? (0, 0) : (server.EjectedUntil, 0);
        }
    }

    private void CheckEjection(in LoopRecord record)
    {
        if (!IsAlone)
        {
            return;
        }

        ServerShadow server = _servers[record.Server];
        if (!server.EjectionDue)
        {
            Fail(null, $"V24: server {record.Server + 1} is left out after {server.Failures} failures");
        }

        server.EjectionDue = false;
    }

    private void CheckEjections()
    {
        for (int i = 0; i < _topology.ServerCount && IsAlone; i++)
        {
            if (_servers[i].EjectionDue)
            {
                Fail(
                    null,
                    $"V24: server {i + 1} is not left out, although it failed {_servers[i].Failures} times in a row"
                );
            }
        }
    }

    /// <summary>Every server that may be tried is, before a session is given up.</summary>
    private void CheckAllTried(SessionShadow session, in LoopRecord record)
    {
        BackendSpec backend = _topology.Backends[record.Backend];
        bool refused = (record.Who, record.State) is ((byte)'S', (byte)'C') or ((byte)'s', (byte)'C');
        if (!refused || HasLimits(record.Backend))
        {
            return;
        }

        int allowed = System.Math.Min(backend.Retries + 1, backend.Servers.Length);
        if (session.Tried.Count < allowed)
        {
            Fail(session, $"V24: it is given up after {session.Tried.Count} servers, {allowed} could be tried");
        }
    }
}

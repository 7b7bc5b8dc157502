using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Lure.Core.Backends;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Loop;
using Lure.Sim.Actors;
using Lure.Sim.Running;
using Lure.Sim.Sockets;
using Lure.Sim.Workers;

namespace Lure.Sim.Checking;

/// <summary>
/// An account of every session, kept from the answers that the loop was given, and the checks that
/// follow from it: at every call, at every wait, and at the end. What the loop says of itself is
/// looked at only to find out which descriptor belongs to whom, and to be compared.
/// </summary>
internal sealed partial class Ledger : IPairing
{
    private readonly Simulation _simulation;
    private readonly List<SessionShadow> _sessions = [];
    private readonly Stack<SessionShadow> _spare = new();
    private readonly List<(SessionShadow Session, Actor? Server)> _attempts = [];
    private readonly List<WorkerShadow> _workers = [];
    private Owner[] _byFd = new Owner[64];
    private Topology _topology = null!;
    private long _disturbances;

    public Ledger(Simulation simulation) => _simulation = simulation;

    /// <summary>Sessions that were accepted.</summary>
    public int Accepted => _sessions.Count;

    private long Now => _simulation.World.Now;

    public void Begin(Topology topology, ListenerSpec[][] listeners)
    {
        foreach (SessionShadow session in _sessions)
        {
            _spare.Push(session);
        }

        _sessions.Clear();
        _attempts.Clear();
        Array.Clear(_byFd);
        Array.Clear(_ends);
        (_topology, _disturbances) = (topology, 0);
        BeginServers();
        if (KernelNumbers.Wrong is { } wrong)
        {
            Fail(null, $"the numbers of the kernel: {wrong}");
        }

        for (int i = 0; i < listeners.Length; i++)
        {
            if (i == _workers.Count)
            {
                _workers.Add(new WorkerShadow());
            }

            _workers[i].Clear();
            foreach (ListenerSpec listener in listeners[i])
            {
                OwnerOf(listener.Fd) = new Owner { Listener = listener.Number + 1, Worker = i };
            }
        }
    }

    /// <summary>A peer has acted in the middle of the loop's calls: what was counted a moment ago may have changed.</summary>
    public void Disturb() => _disturbances++;

    /// <summary>Nothing came of it.</summary>
    public void Undisturb() => _disturbances--;

    /// <summary>The relay's end of a descriptor dies without a word to its peer.</summary>
    public void DiedUnheard(int fd)
    {
        if (Find(fd, out Side side) is { } session)
        {
            session[side].DiedUnheard = true;
        }

        Disturb();
    }

    /// <summary>Whether the loop has accepted a client, or the client of a server's connection.</summary>
    public bool IsServed(Actor actor)
    {
        Actor? client = actor.IsClient ? actor : actor.Partner;
        foreach (SessionShadow session in _sessions)
        {
            if (session.Client == client)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Bytes on their way to the loop, and in it.</summary>
    public long Unread()
    {
        long sum = 0;
        foreach (SessionShadow session in _sessions)
        {
            for (Side side = Side.Client; side <= Side.Server && !session.Recorded; side++)
            {
                int fd = session[side].Closed ? -1 : session[side].Fd;
                StreamSocket? socket = _simulation.World.FindSocket(fd);
                // Also what a peer's kernel still sends after the peer has closed.
                long coming = socket?.Opposite?.OnTheWay ?? 0;
                sum += session.Waiting(side) + (socket?.Readable ?? 0) + coming;
            }
        }

        return sum;
    }

    /// <summary>Whether the loop has a session for a client, or for the client of a server's connection.</summary>
    public bool IsBeingServed(Actor actor)
    {
        Actor? client = actor.IsClient ? actor : actor.Partner;
        foreach (SessionShadow session in _sessions)
        {
            if (session.Client == client && !session.Recorded)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public Actor? ClientOf(int attempt, Actor server)
    {
        (SessionShadow session, _) = _attempts[attempt];
        _attempts[attempt] = (session, server);
        if (session.Client is { } client && attempt == session.Attempts[^1])
        {
            client.Partner = server;
        }

        return session.Client;
    }

    /// <summary>The session that a descriptor belongs to, as its loop sees it now.</summary>
    public bool TryView(int fd, out SessionView view, out Side side)
    {
        view = default;
        return Find(fd, out side) is { Slot: >= 0 } session && FindView(session, out view);
    }

    /// <summary>What every session that has not ended is waiting for.</summary>
    public string Pending()
    {
        StringBuilder text = new();
        foreach (SessionShadow session in _sessions)
        {
            if (!session.Recorded && FindView(session, out SessionView view))
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"\n  session {session.Id:x} of c{session.Client?.Ordinal + 1}, {view.Flags.Phase()}: {PendingOf(session, view)}"
                );
            }
        }

        foreach (Actor actor in _simulation.Cast.Actors)
        {
            if (!actor.Gone && !actor.IsUnborn)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"\n  {Naming.Of(actor)} {actor.Socket?.Look()}, step {actor.At}"
                );
            }
        }

        return text.Length == 0 ? "nothing is pending" : text.ToString();
    }

    private string PendingOf(SessionShadow session, in SessionView view)
    {
        StringBuilder text = new();
        FakeWorker epoll = _simulation.Workers.Kernel(session.Worker).Internals;
        for (Side side = Side.Client; side <= Side.Server; side++)
        {
            int fd = view.Fd(side);
            bool open = view.Flags.Has(ConnectionFlags.Open, side);
            string poll = open ? $"{_simulation.World.FindSocket(fd)?.Poll()}" : "closed";
            string queued = open && epoll.ItemOf(fd) is { IsReady: true } ? ", event queued" : "";
            text.Append(
                CultureInfo.InvariantCulture,
                $"{side} fd {fd} ({poll}{queued}), read {session[side].Read}, {session.Waiting(side)} wait; "
            );
        }

        return text.Append(CultureInfo.InvariantCulture, $"timer {view.TimerDue}, now {Now}, flags {view.Flags}")
            .ToString();
    }

    private ref Owner OwnerOf(int fd)
    {
        if (fd >= _byFd.Length)
        {
            Array.Resize(ref _byFd, Math.Max(fd + 1, 2 * _byFd.Length));
        }

        return ref _byFd[fd];
    }

    private SessionShadow? Find(int fd, out Side side)
    {
        if ((uint)fd >= (uint)_byFd.Length)
        {
            side = default;
            return null;
        }

        side = _byFd[fd].Side;
        return _byFd[fd].Session;
    }

    /// <summary>The session in its loop; its place is looked for once.</summary>
    private bool FindView(SessionShadow session, out SessionView view)
    {
        ILoopInspection loop = _simulation.Workers.Loop(session.Worker);
        if (session.Slot >= 0)
        {
            return loop.TryInspect(session.Slot, out view) && view.Generation == session.Generation;
        }

        for (int slot = 0; slot < loop.SlotsUsed; slot++)
        {
            if (loop.TryInspect(slot, out view) && view.ClientFd == session[Side.Client].Fd)
            {
                (session.Slot, session.Generation, session.Id) = (slot, view.Generation, view.Id);
                return true;
            }
        }

        view = default;
        return false;
    }

    private SessionShadow AddSession()
    {
        if (!_spare.TryPop(out SessionShadow? session))
        {
            session = new SessionShadow();
        }

        session.Clear();
        _sessions.Add(session);
        return session;
    }

    private void Fail(SessionShadow? session, string claim)
    {
        string whose = session?.Client is { } client ? $" ({Naming.Of(client)}, session {session.Id:x})" : "";
        _simulation.Fail(claim + whose);
    }

    private struct Owner
    {
        public SessionShadow? Session;
        public Side Side;

        /// <summary>Number and one, of a listening socket.</summary>
        public int Listener;
        public int Worker;

        /// <summary>The last accept found nobody.</summary>
        public bool WasEmpty;
    }
}

/// <summary>Which client a server's connection is for.</summary>
internal interface IPairing
{
    /// <param name="attempt">The mark on the relay's socket.</param>
    /// <param name="server">Who accepted it.</param>
    Actor? ClientOf(int attempt, Actor server);
}

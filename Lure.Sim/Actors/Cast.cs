using System.Collections.Generic;
using Lure.Core.Kernel;
using Lure.Sim.Checking;
using Lure.Sim.Entropy;
using Lure.Sim.Sockets;

namespace Lure.Sim.Actors;

/// <summary>Where the programs of the connections that servers accept come from.</summary>
internal interface IServerPrograms
{
    /// <summary>Writes the program of a connection.</summary>
    /// <param name="server">Which server accepted it.</param>
    /// <param name="ordinal">How many it had accepted before.</param>
    /// <param name="unix">It is a unix socket.</param>
    /// <param name="program">Empty; to be filled.</param>
    void Write(int server, int ordinal, bool unix, List<Step> program);
}

/// <summary>All far ends of one simulation: the clients that it begins with, and what servers accept meanwhile.</summary>
internal sealed class Cast(StreamPattern pattern)
{
    // Away from the ephemeral range, so that the number tells the client.
    private const int FirstClientPort = 10_000;
    private const int Hosts = 3;

    private readonly List<Actor> _actors = [];
    private readonly Stack<Actor> _spare = new();
    private readonly List<StreamSocket?> _servers = [];
    private readonly List<SocketAddress> _serverAddresses = [];
    private readonly List<SocketAddress> _fronts = [];
    private readonly List<int> _accepted = [];
    private FakeWorld _world = null!;
    private IServerPrograms _programs = null!;
    private IPairing _pairing = null!;
    private ulong _key;

    /// <summary>Clients first, in the order of their numbers; then servers' connections in the order in which they were accepted.</summary>
    public IReadOnlyList<Actor> Actors => _actors;

    public int Clients { get; private set; }

    public int Servers => _servers.Count;

    /// <summary>Who is accepted from now on says nothing more.</summary>
    public bool WindsDown { get; set; }

    public void Begin(FakeWorld world, IServerPrograms programs, IPairing pairing, ulong key)
    {
        foreach (Actor actor in _actors)
        {
            _spare.Push(actor);
        }

        _actors.Clear();
        _servers.Clear();
        _serverAddresses.Clear();
        _fronts.Clear();
        _accepted.Clear();
        (_world, _programs, _pairing, _key, Clients, WindsDown) = (world, programs, pairing, key, 0, false);
    }

    /// <summary>An address that clients connect to.</summary>
    public void AddFront(in SocketAddress address) => _fronts.Add(address);

    /// <summary>A server, listening.</summary>
    public void AddServer(in SocketAddress address, int backlog)
    {
        _serverAddresses.Add(address);
        _servers.Add(_world.ListenSocket(address, backlog));
        _accepted.Add(0);
    }

    /// <summary>A client that has not connected yet; its program is the caller's to write.</summary>
    public Actor AddClient(int front)
    {
        Actor actor = Add(server: -1, ordinal: Clients++);
        actor.Target = front;
        return actor;
    }

    /// <summary>Stops a server, or starts it again: who waits in its queue is reset, who comes meanwhile is refused.</summary>
    public void SetListening(int server, bool listens)
    {
        if (_servers[server] is { } socket && !listens)
        {
            socket.Close();
            _servers[server] = null;
        }
        else if (_servers[server] is null && listens)
        {
            _servers[server] = _world.ListenSocket(_serverAddresses[server], backlog: 128);
        }
    }

    public bool IsListening(int server) => _servers[server] is not null;

    /// <summary>Connections that wait for a server to accept them.</summary>
    public int Waiting(int server) => _servers[server]?.Queued ?? 0;

    /// <summary>The present step of an actor, or its connect.</summary>
    /// <returns>False when it could do nothing.</returns>
    public bool Act(Actor actor, int amount)
    {
        if (actor.IsUnborn)
        {
            return actor.IsClient && !actor.Frozen && !actor.WindsDown && Connect(actor);
        }

        return actor.Act(pattern, _world.Now, amount);
    }

    /// <summary>A server accepts the oldest connection that waits.</summary>
    /// <returns>Null when none does.</returns>
    public Actor? Accept(int server)
    {
        if (_servers[server]?.TakeAccepted() is not { } socket)
        {
            return null;
        }

        Actor actor = Add(server, _accepted[server]++);
        actor.Attach(socket);
        actor.Partner = socket.Tag < 0 ? _pairing.ClientOf(-socket.Tag - 1, actor) : null;

        actor.WindsDown = WindsDown;
        _programs.Write(server, actor.Ordinal, socket is UnixSocket, actor.Program);
        return actor;
    }

    /// <summary>The client behind a connection that the relay accepted, by its address or by the mark on its socket.</summary>
    public Actor? FindClient(int tag) => tag > 0 && tag <= Clients ? _actors[tag - 1] : null;

    /// <summary>The mark that a client's connections carry.</summary>
    public static int TagOf(Actor client) => client.Index + 1;

    private bool Connect(Actor client)
    {
        ref readonly SocketAddress front = ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_fronts)[
            client.Target
        ];
        StreamSocket socket = _world.Network.Create(front.Family)!;
        socket.Tag = TagOf(client);
        if (front.Family != SocketAddress.FamilyUnix)
        {
            // A few hosts, so that some clients come from the same one.
            byte host = (byte)(1 + (client.Index % Hosts));
            socket.Bind(FakeAddress.IPv4(127, 0, 0, host, FirstClientPort + client.Index));
        }

        if (socket.Connect(front) == -Errno.Again)
        {
            // A unix listener whose queue is full: its kernel does not try again by itself.
            socket.Close();
            return false;
        }

        client.Attach(socket);
        return true;
    }

    private Actor Add(int server, int ordinal)
    {
        if (!_spare.TryPop(out Actor? actor))
        {
            actor = new Actor();
        }

        actor.Begin(_actors.Count, server, ordinal, _key + (ulong)_actors.Count);
        _actors.Add(actor);
        return actor;
    }
}

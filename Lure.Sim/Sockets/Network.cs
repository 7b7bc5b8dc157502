using System;
using System.Collections.Generic;
using Lure.Core.Kernel;

namespace Lure.Sim.Sockets;

/// <summary>Who listens where, which connects are on their way, and the sockets to be used again.</summary>
internal sealed class Network
{
    private const long Second = 1_000_000_000;

    // ip_local_port_range, the default.
    private const int EphemeralFirst = 32768;
    private const int EphemeralLast = 60999;

    // tcp_syn_retries, the default: after 1, 2, 4 … s, given up 127 s after the first.
    private const int SynRetries = 6;

    private readonly List<TcpSocket> _listeners = [];
    private readonly List<(SocketAddress Address, ConnectOutcome Outcome)> _outcomes = [];
    private readonly List<TcpSocket> _settling = [];
    private readonly Clock _clock;
    private readonly ObjectPool<TcpSocket> _sockets;
    private readonly ObjectPool<UnixSocket> _unixSockets;
    private readonly ObjectPool<Pipe> _pipes;
    private readonly List<UnixSocket> _unixNames = [];
    private int _ephemeralPort = EphemeralFirst;
    private int _groupTurn;
    private long _attempts;

    public Network(WorldOptions options, Clock clock)
    {
        Options = options;
        _clock = clock;
        _sockets = new ObjectPool<TcpSocket>(() => new TcpSocket(this));
        _unixSockets = new ObjectPool<UnixSocket>(() => new UnixSocket(this));
        _pipes = new ObjectPool<Pipe>(() => new Pipe(this));
    }

    public WorldOptions Options { get; private set; }

    public RingPool Rings { get; } = new();

    /// <summary>Sockets and pipes that somebody has, or that are not done with a closed connection.</summary>
    public int InUse => _sockets.InUse + _unixSockets.InUse + _pipes.InUse;

    public TcpSocket Create()
    {
        TcpSocket socket = _sockets.Rent();
        socket.Renew();
        return socket;
    }

    /// <summary>Nothing refers to the socket any more but its owner, who has closed it.</summary>
    public void Recycle(TcpSocket socket) => _sockets.Return(socket);

    public UnixSocket CreateUnix()
    {
        UnixSocket socket = _unixSockets.Rent();
        socket.Renew();
        return socket;
    }

    /// <summary>Closed.</summary>
    public void Recycle(UnixSocket socket) => _unixSockets.Return(socket);

    /// <returns>A socket of a family, null when there is no such family here.</returns>
    public StreamSocket? Create(ushort family) =>
        family switch
        {
            SocketAddress.FamilyIPv4 or SocketAddress.FamilyIPv6 => Create(),
            SocketAddress.FamilyUnix => CreateUnix(),
            _ => null,
        };

    public Pipe CreatePipe()
    {
        Pipe pipe = _pipes.Rent();
        pipe.Renew();
        return pipe;
    }

    /// <summary>Both ends are closed.</summary>
    public void Recycle(Pipe pipe) => _pipes.Return(pipe);

    /// <summary>As new; memory, sockets and pipes are kept for whoever comes.</summary>
    public void Reset(WorldOptions options)
    {
        Options = options;
        foreach (TcpSocket socket in _sockets.Lent)
        {
            socket.Renew();
        }

        foreach (UnixSocket socket in _unixSockets.Lent)
        {
            socket.Renew();
        }

        foreach (Pipe pipe in _pipes.Lent)
        {
            pipe.Renew();
        }

        _sockets.Reset();
        _unixSockets.Reset();
        _pipes.Reset();
        _unixNames.Clear();
        _listeners.Clear();
        _outcomes.Clear();
        _settling.Clear();
        (_ephemeralPort, _groupTurn, _attempts, NextOutcome) = (EphemeralFirst, 0, 0, null);
    }

    public void Register(TcpSocket listener) => _listeners.Add(listener);

    public void Unregister(TcpSocket listener) => _listeners.Remove(listener);

    public bool HasListener(in SocketAddress address)
    {
        foreach (TcpSocket listener in _listeners)
        {
            if (Same(listener.Local, address))
            {
                return true;
            }
        }

        return false;
    }

    public void Register(UnixSocket bound) => _unixNames.Add(bound);

    public void Unregister(UnixSocket bound) => _unixNames.Remove(bound);

    /// <summary>Who is bound to a name, whether it listens or not.</summary>
    public UnixSocket? FindUnix(in SocketAddress name)
    {
        foreach (UnixSocket bound in _unixNames)
        {
            if (Same(bound.Local, name))
            {
                return bound;
            }
        }

        return null;
    }

    public void SetOutcome(in SocketAddress address, ConnectOutcome outcome)
    {
        for (int i = _outcomes.Count - 1; i >= 0; i--)
        {
            if (Same(_outcomes[i].Address, address))
            {
                _outcomes.RemoveAt(i);
            }
        }

        _outcomes.Add((address, outcome));
    }

    /// <summary>What becomes of the next connect, whatever is said of its address.</summary>
    public ConnectOutcome? NextOutcome { get; set; }

    public ConnectOutcome OutcomeOf(in SocketAddress address)
    {
        if (NextOutcome is { } next)
        {
            NextOutcome = null;
            return next;
        }

        foreach ((SocketAddress known, ConnectOutcome outcome) in _outcomes)
        {
            if (Same(known, address))
            {
                return outcome;
            }
        }

        return ConnectOutcome.Normal;
    }

    public SocketAddress EphemeralAddress(ushort family)
    {
        int port = _ephemeralPort;
        _ephemeralPort = port == EphemeralLast ? EphemeralFirst : port + 1;
        return family == SocketAddress.FamilyIPv6 ? FakeAddress.IPv6(port) : FakeAddress.IPv4(port);
    }

    /// <summary>Sends the SYN on its way.</summary>
    public void Handshake(TcpSocket client, ConnectOutcome outcome)
    {
        if (outcome.Delay == 0)
        {
            Answer(client, outcome.Error, retries: 0);
            return;
        }

        if (outcome.Delay != long.MaxValue)
        {
            client.AwaitAnswer(outcome.Error, retries: 0);
            _clock.Schedule(_clock.Now + outcome.Delay, client, client.Attempt);
        }
    }

    /// <summary>The answer to a SYN is there.</summary>
    /// <param name="client">Who sent it.</param>
    /// <param name="error">The errno, positive; 0 leaves it to whether somebody listens.</param>
    /// <param name="retries">How often it was sent before.</param>
    public void Answer(TcpSocket client, int error, int retries)
    {
        if (error != 0)
        {
            client.Fail(error);
        }
        else if (FindListener(client.Remote) is not { } listener)
        {
            if (Same(client.Local, client.Remote))
            {
                client.MeetItself();
                return;
            }

            client.Refuse();
        }
        else if (listener.HasAcceptRoom)
        {
            client.Complete(listener);
        }
        else
        {
            // The SYN is dropped, and sent again by the client's kernel.
            client.AwaitAnswer(retries == SynRetries ? Errno.TimedOut : 0, retries + 1);
            _clock.Schedule(_clock.Now + (Second << retries), client, client.Attempt);
        }
    }

    /// <summary>A number for a connect: a socket that is used again must not get the answer of its earlier one.</summary>
    public long NextAttempt() => ++_attempts;

    public void SettleLater(TcpSocket socket)
    {
        if (socket.BeginSettling())
        {
            _settling.Add(socket);
        }
    }

    /// <summary>Lets everything that was put off happen, in the order in which it was.</summary>
    public void Settle()
    {
        for (int i = 0; i < _settling.Count; i++)
        {
            _settling[i].Settle();
        }

        _settling.Clear();
    }

    // A group (SO_REUSEPORT) is served in turn. The kernel hashes the addresses; a test wants to
    // know where the next connection goes.
    private TcpSocket? FindListener(in SocketAddress address)
    {
        int members = 0;
        foreach (TcpSocket listener in _listeners)
        {
            members += Same(listener.Local, address) ? 1 : 0;
        }

        if (members == 0)
        {
            return null;
        }

        int chosen = _groupTurn % members;
        _groupTurn = members == 1 ? _groupTurn : chosen + 1;
        foreach (TcpSocket listener in _listeners)
        {
            if (Same(listener.Local, address) && chosen-- == 0)
            {
                return listener;
            }
        }

        return null;
    }

    private static bool Same(in SocketAddress one, in SocketAddress other) => one.Bytes.SequenceEqual(other.Bytes);
}

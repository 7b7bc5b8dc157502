using System.Collections.Generic;
using Lure.Core.Kernel;

namespace Lure.Sim.Sockets;

internal sealed partial class TcpSocket
{
    private readonly Queue<TcpSocket> _acceptQueue = new();
    private ConnectPhase _phase;
    private int _answer;
    private int _synRetries;

    // struct socket's own state, which decides what connect(2) answers.
    private enum ConnectPhase
    {
        Unconnected,
        Connecting,
        Connected,
    }

    /// <summary>A listener holds one connection more than its backlog (sk_acceptq_is_full).</summary>
    public int Backlog { get; private set; }

    public int Queued => _acceptQueue.Count;

    public bool HasAcceptRoom => _acceptQueue.Count <= Backlog;

    /// <summary>Neither a handshake was finished nor a listener started here.</summary>
    public bool NeverConnected => _peer is null && Ended == PeerEnd.None;

    /// <summary>The other end, as long as there is one.</summary>
    public TcpSocket? Opposite => _peer;

    public void Listen(in SocketAddress address, int backlog)
    {
        _local = address;
        Backlog = backlog;
        State = TcpState.Listen;
        network.Register(this);
    }

    /// <summary>connect(2), in the order of __inet_stream_connect.</summary>
    /// <returns>0, -EINPROGRESS, or minus the reason why not.</returns>
    public int Connect(in SocketAddress address)
    {
        int pending = -Errno.AlreadyInProgress;
        if (_phase == ConnectPhase.Connected || (_phase == ConnectPhase.Unconnected && State != TcpState.Closed))
        {
            return -Errno.AlreadyConnected;
        }

        if (_phase == ConnectPhase.Unconnected)
        {
            ConnectOutcome outcome = network.OutcomeOf(address);
            if (outcome.AtOnce && outcome.Error != 0)
            {
                return -outcome.Error;
            }

            Start(address);
            network.Handshake(this, outcome);
            pending = -Errno.InProgress;
            if (!outcome.AtOnce)
            {
                return pending;
            }
        }

        if (State == TcpState.SynSent)
        {
            return pending;
        }

        if (State == TcpState.Closed)
        {
            _phase = ConnectPhase.Unconnected;
            _receiveShut = false;
            _sendShut = false;
            return _error != 0 ? -TakeError() : -Errno.ConnectionAborted;
        }

        _phase = ConnectPhase.Connected;
        return 0;
    }

    /// <summary>The end that the peers hold has an address of its own choice.</summary>
    public void Bind(in SocketAddress address) => _local = address;

    /// <summary>The handshake is over: this end is connected first, then the listener has one more to accept.</summary>
    public void Complete(TcpSocket listener)
    {
        TcpSocket child = network.Create();
        child.Inherit(listener, this);
        _peer = child;
        State = TcpState.Established;
        Wake(Readiness.None);
        listener._acceptQueue.Enqueue(child);
        listener.Wake(Readiness.In);
        Pump();
    }

    /// <summary>Nobody listens: the SYN was answered by a reset.</summary>
    public void Refuse()
    {
        ResetArrives();
        Detach();
    }

    /// <summary>The SYN is on its way; what it will be answered is known to the test already.</summary>
    public void AwaitAnswer(int error, int retries) => (_answer, _synRetries) = (error, retries);

    /// <inheritdoc/>
    public void TimerIsDue(long ticket)
    {
        // A socket that is used again must not get the answer of its earlier connect.
        if (State == TcpState.SynSent && Attempt == ticket)
        {
            network.Answer(this, _answer, _synRetries);
        }
    }

    /// <summary>The oldest connection of the accept queue, null when there is none.</summary>
    public TcpSocket? TakeAccepted()
    {
        _acceptQueue.TryDequeue(out TcpSocket? child);
        return child;
    }

    /// <summary>As new, so that another connection can have it.</summary>
    public void Renew()
    {
        DropWatchers();
        _peer = null;
        (State, References, Attempt) = (TcpState.Closed, 0, 0);
        _received.Clear();
        _unsent.Clear();
        _acceptQueue.Clear();
        (_receiveShut, _sendShut, _done, _noSpace) = (false, false, false, false);
        (_orphaned, _spare) = (false, false);
        (_held, _finQueued, _resetQueued, _settles) = (false, false, false, false);
        (_error, _hidden, _stranded, _credit) = (0, 0, 0, long.MaxValue);
        (_local, _remote, _phase) = (default, default, ConnectPhase.Unconnected);
        (ResetOnClose, WasConnecting, Ended, Backlog) = (false, false, PeerEnd.None, 0);
        (ReadBatch, WriteBatch, Tag) = (0, 0, 0);
        SendCapacity = network.Options.SendBuffer;
        ReceiveCapacity = network.Options.ReceiveBuffer;
        Options.Clear();
    }

    private void Start(in SocketAddress address)
    {
        State = TcpState.SynSent;
        _phase = ConnectPhase.Connecting;
        WasConnecting = true;
        Attempt = network.NextAttempt();
        _remote = address;
        if (_local.Length == 0)
        {
            _local = network.EphemeralAddress(address.Family);
        }
    }

    private void Inherit(TcpSocket listener, TcpSocket client)
    {
        _peer = client;
        Tag = client.Tag;
        _local = listener._local;
        _remote = client._local;
        _phase = ConnectPhase.Connected;
        State = TcpState.Established;
        SendCapacity = listener.SendCapacity;
        ReceiveCapacity = listener.ReceiveCapacity;
    }

    // inet_csk_listen_stop: whoever was not accepted yet is reset.
    private void StopListening()
    {
        network.Unregister(this);
        State = TcpState.Closed;
        while (_acceptQueue.TryDequeue(out TcpSocket? child))
        {
            child.ResetOnClose = true;
            child.Close();
        }
    }
}

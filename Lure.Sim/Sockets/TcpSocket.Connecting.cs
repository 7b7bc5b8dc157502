using System.Collections.Generic;
using Lure.Core.Kernel;

namespace Lure.Sim.Sockets;

internal sealed partial class TcpSocket
{
    private readonly Queue<TcpSocket> _acceptQueue = new();
    private ConnectPhase _phase;
    private int _answer;
    private int _synRetries;

    /// <summary>The port was asked for by number (SOCK_BINDPORT_LOCK): it outlives the connection.</summary>
    private bool _portIsLocked;

    // struct socket's own state, which decides what connect(2) and listen(2) answer.
    private enum ConnectPhase
    {
        Unconnected,
        Connecting,
        Connected,

        /// <summary>Shut down before the connect was over: nothing goes here any more.</summary>
        Disconnecting,
    }

    /// <summary>inet_num: false for a fresh socket, and again when a connection from a port of the kernel's choice is over.</summary>
    public bool HoldsPort { get; private set; }

    /// <inheritdoc/>
    public override int Queued => _acceptQueue.Count;

    public bool HasAcceptRoom => _acceptQueue.Count <= Backlog;

    /// <inheritdoc/>
    public override bool NeverConnected => _peer is null && Ended == PeerEnd.None;

    /// <inheritdoc/>
    public override TcpSocket? Opposite => _peer;

    /// <summary>A listener at an address that others may have too: SO_REUSEPORT.</summary>
    public void Listen(in SocketAddress address, int backlog)
    {
        SetLocal(address);
        (HoldsPort, _portIsLocked) = (true, true);
        Listen(backlog);
    }

    /// <inheritdoc/>
    /// <remarks>In the order of inet_listen.</remarks>
    public override int Listen(int backlog)
    {
        if (_phase != ConnectPhase.Unconnected || State is not (TcpState.Closed or TcpState.Listen))
        {
            return -Errno.Invalid;
        }

        Backlog = backlog;
        if (State != TcpState.Listen)
        {
            TakePort(Family);
            State = TcpState.Listen;
            Network.Register(this);
        }

        return 0;
    }

    /// <inheritdoc/>
    /// <remarks>In the order of __inet_bind.</remarks>
    public override int Bind(in SocketAddress address)
    {
        if (address.Family is not (SocketAddress.FamilyIPv4 or SocketAddress.FamilyIPv6))
        {
            return -Errno.AddressFamilyNotSupported;
        }

        if (State != TcpState.Closed || HoldsPort)
        {
            return -Errno.Invalid;
        }

        SetLocal(address);
        _portIsLocked = FakeAddress.PortOf(address) != 0;
        HoldsPort = _portIsLocked;
        TakePort(address.Family);
        return 0;
    }

    /// <summary>connect(2), in the order of __inet_stream_connect.</summary>
    /// <returns>0, -EINPROGRESS, or minus the reason why not.</returns>
    public override int Connect(in SocketAddress address)
    {
        if (address.Length == 0)
        {
            return -Errno.Invalid;
        }

        if (_phase == ConnectPhase.Disconnecting)
        {
            return -Errno.Invalid;
        }

        int pending = -Errno.AlreadyInProgress;
        if (_phase == ConnectPhase.Connected || (_phase == ConnectPhase.Unconnected && State != TcpState.Closed))
        {
            return -Errno.AlreadyConnected;
        }

        if (_phase == ConnectPhase.Unconnected)
        {
            if (address.Family == SocketAddress.FamilyUnix)
            {
                return -Errno.AddressFamilyNotSupported;
            }

            ConnectOutcome outcome = Network.OutcomeOf(address);
            if (outcome.AtOnce && outcome.Error != 0)
            {
                return -outcome.Error;
            }

            Start(address);
            Network.Handshake(this, outcome);
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
            int error = PendingError != 0 ? TakeError() : Errno.ConnectionAborted;
            Disconnect(0);
            return -error;
        }

        _phase = ConnectPhase.Connected;
        return 0;
    }

    /// <summary>A peer's end has an address of its test's choice.</summary>
    public void ComeFrom(in SocketAddress address)
    {
        SetLocal(address);
        HoldsPort = address.Length > 0;
    }

    /// <summary>The handshake is over: this end is connected first, then the listener has one more to accept.</summary>
    public void Complete(TcpSocket listener)
    {
        TcpSocket child = Network.Create();
        child.Inherit(listener, this);
        _peer = child;
        _metPeer = true;
        State = TcpState.Established;
        Wake(Readiness.None);
        listener._acceptQueue.Enqueue(child);
        listener.Wake(Readiness.In);
        Pump();
    }

    /// <summary>The SYN came back to its own sender: two opens that cross, and one end for both (RFC 9293, 3.5).</summary>
    public void MeetItself()
    {
        _peer = this;
        _metPeer = true;
        State = TcpState.Established;
        Wake(Readiness.None);
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
            Network.Answer(this, _answer, _synRetries);
        }
    }

    /// <inheritdoc/>
    public override TcpSocket? TakeAccepted()
    {
        _acceptQueue.TryDequeue(out TcpSocket? child);
        return child;
    }

    /// <inheritdoc/>
    /// <remarks>inet_getname: no port of the peer, or no connection.</remarks>
    public override int PeerName() =>
        Remote.Length == 0 || State is TcpState.Closed or TcpState.SynSent ? -Errno.NotConnected : 0;

    /// <summary>As new, so that another connection can have it.</summary>
    public void Renew()
    {
        RenewCommon();
        _peer = null;
        (State, Attempt) = (TcpState.Closed, 0);
        _received.Clear();
        _unsent.Clear();
        _acceptQueue.Clear();
        (_receiveShut, _sendShut, _done, _noSpace) = (false, false, false, false);
        (_orphaned, _spare, HoldsPort, _portIsLocked) = (false, false, false, false);
        (_held, _finQueued, _resetQueued, _settles) = (false, false, false, false);
        (_urgent, _urgentUnsentAt, _urgentIsInline) = (UrgentByte.None, -1, false);
        (_finAckIsDelayed, _ackIsDelayed) = (false, false);
        (_hidden, _stranded, _credit, _lowWater, _unannounced, _slack) = (0, 0, long.MaxValue, 1, 0, 0);
        (_sinceHeard, _strandedSilently, _notSentLowWater) = (0, 0, int.MaxValue);
        (_metPeer, _jumped) = (false, 0);
        _phase = ConnectPhase.Unconnected;
        ReceiveCapacity = Network.Options.ReceiveBuffer;
    }

    private void Start(in SocketAddress address)
    {
        State = TcpState.SynSent;
        _phase = ConnectPhase.Connecting;
        WasConnecting = true;
        Attempt = Network.NextAttempt();
        (PendingError, _done, _jumped) = (0, false, 0);
        SetRemote(address);
        TakePort(address.Family);
    }

    // inet_autobind
    private void TakePort(ushort family)
    {
        if (!HoldsPort)
        {
            SetLocal(Network.EphemeralAddress(family));
            HoldsPort = true;
        }
    }

    private void Inherit(TcpSocket listener, TcpSocket client)
    {
        _peer = client;
        Tag = client.Tag;
        SetLocal(listener.Local);
        SetRemote(client.Local);
        (HoldsPort, _portIsLocked) = (true, listener._portIsLocked);
        _phase = ConnectPhase.Connected;
        State = TcpState.Established;
        (_receiveShut, _sendShut) = (listener._receiveShut, listener._sendShut);
        SendCapacity = listener.SendCapacity;
        ReceiveCapacity = listener.ReceiveCapacity;
        ResetOnClose = listener.ResetOnClose;
        (_lowWater, _notSentLowWater) = (listener._lowWater, listener._notSentLowWater);
        _urgentIsInline = listener._urgentIsInline;
    }

    // inet_csk_listen_stop: whoever was not accepted yet is reset.
    private void StopListening()
    {
        Network.Unregister(this);
        GoClosed();
        while (_acceptQueue.TryDequeue(out TcpSocket? child))
        {
            child.ResetOnClose = true;
            child.Close();
        }
    }

    // tcp_set_state(TCP_CLOSE)
    private void GoClosed()
    {
        State = TcpState.Closed;
        HoldsPort &= _portIsLocked;
    }
}

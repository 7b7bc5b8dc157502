namespace Lure.Sim.Sockets;

/// <summary>The states of tcp(7) that can be told apart from outside; a handshake is over before anybody looks.</summary>
internal enum TcpState
{
    /// <summary>Never connected, reset, or both FINs acknowledged (TIME_WAIT belongs to no descriptor).</summary>
    Closed,
    Listen,
    SynSent,
    Established,

    /// <summary>The peer's FIN came.</summary>
    CloseWait,

    /// <summary>Our FIN waits or is on its way.</summary>
    FinWait1,

    /// <summary>Our FIN was acknowledged.</summary>
    FinWait2,

    /// <summary>Both FINs were sent, ours is not acknowledged, ours was first.</summary>
    Closing,

    /// <summary>Both FINs were sent, ours is not acknowledged, the peer's was first.</summary>
    LastAck,
}

namespace Lure.Sim.Conformance;

/// <summary>Options of setsockopt(2) that change how a stream socket answers.</summary>
public enum StreamOption
{
    /// <summary>SO_LINGER: negative switches it off, else seconds; 0 makes the close a reset.</summary>
    Linger,

    /// <summary>SO_RCVLOWAT, bytes.</summary>
    ReceiveLowWater,

    /// <summary>TCP_NOTSENT_LOWAT, bytes; 0 for none.</summary>
    NotSentLowWater,

    /// <summary>SO_OOBINLINE, 0 or 1.</summary>
    OutOfBandInline,

    /// <summary>SO_SNDBUF, bytes; the kernel doubles it.</summary>
    SendBuffer,

    /// <summary>SO_RCVBUF, bytes; the kernel doubles it.</summary>
    ReceiveBuffer,

    /// <summary>SO_REUSEADDR, 0 or 1: old connections from an address are in nobody's way who listens there again.</summary>
    ReuseAddress,

    /// <summary>TCP_QUICKACK: what is not acknowledged yet is, if nothing of it waits to be read.</summary>
    QuickAcknowledge,
}

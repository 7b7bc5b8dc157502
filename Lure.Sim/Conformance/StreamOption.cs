namespace Lure.Sim.Conformance;

/// <summary>Options of setsockopt(2) that change how a stream socket answers.</summary>
public enum StreamOption
{
    /// <summary>SO_LINGER: negative switches it off, else seconds; 0 makes the close a reset.</summary>
    Linger,

    /// <summary>SO_RCVLOWAT, bytes.</summary>
    ReceiveLowWater,

    /// <summary>SO_OOBINLINE, 0 or 1.</summary>
    OutOfBandInline,

    /// <summary>SO_SNDBUF, bytes; the kernel doubles it.</summary>
    SendBuffer,

    /// <summary>SO_RCVBUF, bytes; the kernel doubles it.</summary>
    ReceiveBuffer,
}

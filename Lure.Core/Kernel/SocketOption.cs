namespace Lure.Core.Kernel;

/// <summary>The options that the loop sets while it runs; what a listener hands down is set at start.</summary>
public enum SocketOption
{
    /// <summary>TCP_NODELAY, 0 or 1.</summary>
    NoDelay,

    /// <summary>SO_KEEPALIVE, 0 or 1.</summary>
    KeepAlive,

    /// <summary>TCP_KEEPIDLE, seconds.</summary>
    KeepAliveIdle,

    /// <summary>TCP_KEEPINTVL, seconds.</summary>
    KeepAliveInterval,

    /// <summary>TCP_KEEPCNT, probes.</summary>
    KeepAliveProbes,

    /// <summary>SO_LINGER {1, 0}: the close that follows sends a reset and drops what is unsent. The value is ignored.</summary>
    ResetOnClose,
}

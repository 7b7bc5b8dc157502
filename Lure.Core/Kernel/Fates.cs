using Lure.Analyzers;

namespace Lure.Core.Kernel;

/// <summary>What an error of accept(2) means for the listener.</summary>
public enum AcceptFate
{
    /// <summary>Nothing is queued.</summary>
    Empty,

    /// <summary>This connection is lost; the next one may be fine.</summary>
    Retry,

    /// <summary>Out of descriptors or memory: trying again at once would spin.</summary>
    Pause,

    /// <summary>The socket does not listen any more.</summary>
    Fatal,
}

/// <summary>What an error of splice(2) from a socket into a pipe means.</summary>
public enum SpliceFate
{
    /// <summary>Nothing is there to be read, or the pipe has no room: the kernel does not say which.</summary>
    Nothing,

    /// <summary>The kernel, or a filter before it, does not splice this: nothing was moved.</summary>
    Refused,

    /// <summary>0: the end of the stream.</summary>
    End,

    /// <summary>The socket's own error.</summary>
    Failed,
}

/// <summary>The classes of errors, each errno judged in one place.</summary>
[HotPath]
public static class Fates
{
    /// <summary>accept(2): pending network errors of the new connection are handed to the caller and pass.</summary>
    public static AcceptFate OfAccept(int errno) =>
        errno switch
        {
            Errno.Again => AcceptFate.Empty,
            Errno.Interrupted
            or Errno.ConnectionAborted
            or Errno.Protocol
            or Errno.NetworkDown
            or Errno.NetworkUnreachable
            or Errno.NoProtocolOption
            or Errno.HostDown
            or Errno.HostUnreachable
            or Errno.NotOnNetwork
            or Errno.NotSupported
            or Errno.TimedOut => AcceptFate.Retry,
            // Forbidden before the connection is taken off the queue: it is still there for the next try.
            Errno.NotPermitted => AcceptFate.Pause,
            Errno.TooManyFiles or Errno.TooManySystemFiles or Errno.NoBuffers or Errno.NoMemory => AcceptFate.Pause,
            _ => AcceptFate.Fatal,
        };

    /// <summary>
    /// splice(2) into a pipe. EOPNOTSUPP is not a refusal: Linux never answers a splice so, but a
    /// connection may die of it (tcp_write_err, after an ICMP error), and to read on would find a clean end.
    /// </summary>
    public static SpliceFate OfSplice(int errno) =>
        errno switch
        {
            0 => SpliceFate.End,
            Errno.Again => SpliceFate.Nothing,
            Errno.Invalid or Errno.NoSystemCall or Errno.NotPermitted or Errno.NoMemory => SpliceFate.Refused,
            _ => SpliceFate.Failed,
        };

    /// <summary>A failed socket(2), connect(2) or SO_ERROR of one: whose fault, and is another server worth a try.</summary>
    public static Connections.ConnectFailure OfConnect(int errno) =>
        errno switch
        {
            Errno.TimedOut => Connections.ConnectFailure.TimedOut,
            Errno.Again => Connections.ConnectFailure.Busy,
            Errno.AddressNotAvailable or Errno.AddressInUse => Connections.ConnectFailure.NoPort,
            Errno.TooManyFiles or Errno.TooManySystemFiles or Errno.NoBuffers or Errno.NoMemory => Connections
                .ConnectFailure
                .NoResource,
            _ => Connections.ConnectFailure.Refused,
        };
}

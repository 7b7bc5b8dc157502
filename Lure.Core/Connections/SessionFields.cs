using System.Numerics;
using Lure.Analyzers;

namespace Lure.Core.Connections;

/// <summary>Where a session stands.</summary>
public enum Phase
{
    /// <summary>The slot is not in use.</summary>
    Free,

    /// <summary>A server is chosen, connected to, or the next one is due; the client's early bytes are kept.</summary>
    Connecting,

    /// <summary>Bytes move.</summary>
    Relaying,

    /// <summary>It ends by a reset, which waits until what was accepted before is acknowledged.</summary>
    Lingering,

    /// <summary>Nothing is left to do but to close.</summary>
    Ending,
}

/// <summary>Who ended a session first: the first letter of its code (docs/endings.md).</summary>
public enum EndCause
{
    None,
    Client,
    ClientTimer,
    Server,
    ServerTimer,
    Resource,
    Internal,
    Killed,
}

/// <summary>In which state it was: the second letter.</summary>
public enum EndState
{
    None,
    Queue,
    Connect,
    Data,

    /// <summary>The server had finished; its last bytes were still on their way to the client.</summary>
    Last,
}

/// <summary>Why an attempt to connect failed.</summary>
public enum ConnectFailure
{
    None,

    /// <summary>Refused, unreachable, forbidden: the server's fault.</summary>
    Refused,

    /// <summary>No answer in time: the server's fault.</summary>
    TimedOut,

    /// <summary>The queue of a unix server is full: it lives, so the next one is tried and nothing is held against it.</summary>
    Busy,

    /// <summary>No local port towards this server: another one may still be reached. Not the server's fault.</summary>
    NoPort,

    /// <summary>No descriptor or memory here: another server would not help. Not the server's fault.</summary>
    NoResource,
}

/// <summary>The small numbers inside the flag word.</summary>
[HotPath]
public static class SessionFields
{
    private const int PhaseShift = 40;
    private const int CauseShift = 44;
    private const int StateShift = 48;
    private const int FailureShift = 52;
    private const ulong Mask = 15;

    public static Phase Phase(this ConnectionFlags flags) => (Phase)Get(flags, PhaseShift);

    public static EndCause Cause(this ConnectionFlags flags) => (EndCause)Get(flags, CauseShift);

    public static EndState EndState(this ConnectionFlags flags) => (EndState)Get(flags, StateShift);

    public static ConnectFailure Failure(this ConnectionFlags flags) => (ConnectFailure)Get(flags, FailureShift);

    internal static ConnectionFlags With(this ConnectionFlags flags, Phase phase) =>
        Set(flags, PhaseShift, (ulong)phase) | ConnectionFlags.TimerDue;

    internal static ConnectionFlags With(this ConnectionFlags flags, ConnectFailure failure) =>
        Set(flags, FailureShift, (ulong)failure);

    /// <summary>The first cause stays: what comes after it is its consequence.</summary>
    internal static ConnectionFlags WithFirst(this ConnectionFlags flags, EndCause cause, EndState state) =>
        flags.Cause() != EndCause.None ? flags : Set(Set(flags, CauseShift, (ulong)cause), StateShift, (ulong)state);

    private static ulong Get(ConnectionFlags flags, int shift) => BitOperations.RotateRight((ulong)flags, shift) & Mask;

    private static ConnectionFlags Set(ConnectionFlags flags, int shift, ulong value) =>
        (ConnectionFlags)(((ulong)flags & ~(Mask << shift)) | (value << shift));
}

using System.Runtime.InteropServices;

namespace Lure.Core.Records;

/// <summary>What a record tells.</summary>
public enum RecordKind : byte
{
    /// <summary>A session ended; the only kind that has all fields.</summary>
    SessionEnd,

    /// <summary>A server failed too often in a row and is left out until <see cref="LoopRecord.EndedAt"/>.</summary>
    ServerEjected,

    /// <summary>Every server of a backend is ejected, so all are tried again.</summary>
    AllEjected,

    /// <summary>Accept ran out of descriptors or memory (<see cref="LoopRecord.ClientErrno"/>) and pauses.</summary>
    AcceptPaused,

    /// <summary>The process reached its limit of sessions; the backlog waits.</summary>
    SessionsFull,

    /// <summary>A listener failed for good (<see cref="LoopRecord.ClientErrno"/>).</summary>
    ListenerFailed,

    /// <summary>A session contradicted itself; <see cref="LoopRecord.Flags"/> says how it stood.</summary>
    SelfCheckFailed,
}

/// <summary>How one side's stream ended.</summary>
public enum EndKind : byte
{
    /// <summary>It had not ended.</summary>
    None,

    /// <summary>By a FIN after the last byte: whole.</summary>
    Fin,

    /// <summary>By a reset: cut.</summary>
    Reset,

    /// <summary>By a timer of ours that waited for this side.</summary>
    Timeout,
}

/// <summary>
/// What leaves the loop about a session, once, at its end (docs/endings.md); and the few other
/// things an operator has to know. Fixed size, no references: it lives in a ring in native memory.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct LoopRecord
{
    public ulong Id;

    /// <summary>The flag word at the end.</summary>
    public ulong Flags;

    /// <summary>ns, in the time of the kernel's clock: accepted.</summary>
    public long StartedAt;

    /// <summary>ns: the last attempt to connect began; 0 when there was none.</summary>
    public long ConnectStartedAt;

    /// <summary>ns: connected to the server; 0 when it never was.</summary>
    public long ConnectedAt;

    /// <summary>ns.</summary>
    public long EndedAt;

    /// <summary>Bytes received from the client.</summary>
    public long Up;

    /// <summary>Bytes received from the server.</summary>
    public long Down;

    /// <summary>Of <see cref="Up"/>, bytes that did not verifiably reach the server's kernel.</summary>
    public long LostUp;

    /// <summary>Of <see cref="Down"/>, bytes that did not verifiably reach the client's kernel.</summary>
    public long LostDown;

    public int Listener;

    /// <summary>-1 when none.</summary>
    public int Backend;

    /// <summary>The last one tried, by its number in the whole process; -1 when none was.</summary>
    public int Server;

    /// <summary>errno, positive; 0 when there was none.</summary>
    public int ClientErrno;
    public int ServerErrno;

    /// <summary>Live sessions after this one: of the process, its listener, its backend, its server.</summary>
    public int ProcessSessions;
    public int ListenerSessions;
    public int BackendSessions;
    public int ServerSessions;

    public ClientAddress Client;

    public RecordKind Kind;
    public byte Worker;

    /// <summary>The two letters of the end code, ASCII: who, and in which state.</summary>
    public byte Who;
    public byte State;

    public EndKind ClientEnd;
    public EndKind ServerEnd;

    /// <summary>How the stream towards each side was ended.</summary>
    public EndKind ClientOut;
    public EndKind ServerOut;

    /// <summary>Of two ends, the server's came first.</summary>
    public bool ServerEndedFirst;

    /// <summary>Servers tried after the first.</summary>
    public byte Retries;
}

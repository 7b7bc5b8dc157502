namespace Lure.Sim;

/// <summary>The calls of the seam, as faults and traces name them; a batch counts as its operations.</summary>
public enum SyscallKind
{
    Watch,
    Rewatch,
    Unwatch,
    Wait,
    TakeCommand,
    Accept,
    ConnectResult,
    Receive,
    Send,
    Splice,
    Open,
    SetOption,
    Connect,
    MakePipe,
    Unacknowledged,
    Shutdown,
    Close,
    Notify,
    Mark,
}

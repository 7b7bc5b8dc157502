using System.Runtime.InteropServices;

namespace Lure.Core.Loop;

/// <summary>A listening socket of this worker.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ListenerEntry
{
    public int Fd;
    public int Number;
    public int Backend;
    public bool Shared;

    /// <summary>Reported in this turn, or not yet drained to EAGAIN while the loop drains.</summary>
    public bool Ready;

    public bool Watched;

    /// <summary>To be closed in finalize: its queue is empty and the loop drains, or it failed.</summary>
    public bool Drained;

    /// <summary>Masked until a session leaves.</summary>
    public bool WaitsForPlace;
    public bool Closed;

    /// <summary>While masked: ns at which it is tried again.</summary>
    public long ResumeAt;

    /// <summary>Connections taken in one go; doubles while the queue outlasts it.</summary>
    public int Burst;

    /// <summary>The last turn in which it was ready.</summary>
    public long ReadyTurn;
}

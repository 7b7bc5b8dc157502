using System.Runtime.InteropServices;
using Lure.Analyzers;
using Lure.Core.Kernel;

namespace Lure.Core.Loop;

/// <summary>A session's part in the batch that is being executed.</summary>
[HotPath]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct BatchEntry
{
    public int Slot;

    /// <summary>By source: the second block that a vectored read was given; 0 for none.</summary>
    public fixed int Spare[2];

    private fixed bool _moved[2];

    /// <summary>A read of this batch brought bytes.</summary>
    public readonly bool Moved(Side source) => _moved[(int)source];

    public void SetMoved(Side source) => _moved[(int)source] = true;
}

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

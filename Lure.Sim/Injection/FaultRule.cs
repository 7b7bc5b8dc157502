using System;

namespace Lure.Sim.Injection;

/// <summary>One thing that a test wants to happen at calls of one kind.</summary>
internal sealed class FaultRule
{
    public required FaultRole Role { get; init; }
    public required SyscallKind Kind { get; init; }

    /// <summary>Only calls on this descriptor; negative for any.</summary>
    public required int Fd { get; init; }

    /// <summary>Matching calls that pass before it begins.</summary>
    public required int Skip { get; set; }

    /// <summary>Matching calls that it then is for.</summary>
    public required int Times { get; set; }

    public int Value { get; init; }
    public Action? Action { get; init; }

    /// <summary>Counts the call, and says whether it is one of those meant.</summary>
    public bool Hits(FaultRole role, SyscallKind kind, int fd)
    {
        if (role != Role || kind != Kind || (Fd >= 0 && Fd != fd))
        {
            return false;
        }

        if (Skip > 0)
        {
            Skip--;
            return false;
        }

        Times--;
        return true;
    }
}

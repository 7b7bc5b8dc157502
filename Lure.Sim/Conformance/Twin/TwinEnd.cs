using Lure.Core.Kernel;

namespace Lure.Sim.Conformance.Twin;

/// <summary>A peer's end of a session.</summary>
internal sealed class TwinEnd
{
    public const int NoFd = -1;

    /// <summary>Negative once it is closed.</summary>
    public int Fd { get; set; } = NoFd;

    /// <summary>There was such an end.</summary>
    public bool WasOpen { get; set; }

    /// <summary>Bytes that its kernel took.</summary>
    public long Sent { get; set; }

    /// <summary>Bytes that it has read, each the one that the other end had sent at that place.</summary>
    public long Received { get; set; }

    /// <summary>A byte came that was another's.</summary>
    public bool IsWrong { get; set; }

    /// <summary>What it learned of the end first: 0 for a FIN, else errno, negative; null when nothing ended.</summary>
    public int? Ending { get; set; }

    public void Open(int fd)
    {
        Fd = fd;
        WasOpen = true;
    }

    public void Clear()
    {
        (Fd, WasOpen, IsWrong, Ending) = (NoFd, false, false, null);
        (Sent, Received) = (0, 0);
    }

    /// <summary>The end as the peer saw it.</summary>
    public string EndText =>
        Ending switch
        {
            null => "no end",
            0 => "FIN",
            -Errno.ConnectionReset => "RST",
            { } error => ErrnoName.Of(-error),
        };
}

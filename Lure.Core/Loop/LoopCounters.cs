using System.Runtime.InteropServices;

namespace Lure.Core.Loop;

/// <summary>
/// What one worker has counted since its start. Written by its loop alone; others may read it at
/// any time and see each number whole.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct LoopCounters
{
    public long Turns;
    public long Events;
    public long StaleEvents;
    public long Accepted;
    public long AcceptPauses;
    public long Connects;
    public long ConnectFailures;

    /// <summary>Times that a session had to be given a server although all were ejected.</summary>
    public long AllEjected;
    public long Ejections;
    public long EndedNormally;
    public long EndedByClient;
    public long EndedByServer;

    /// <summary>Ended by Lure itself: limits, resources, operators, self-checks.</summary>
    public long EndedHere;
    public long SelfChecksFailed;

    /// <summary>Bytes received from clients.</summary>
    public long Up;

    /// <summary>Bytes received from servers.</summary>
    public long Down;

    /// <summary>Of both, those that went through a pipe instead of being copied.</summary>
    public long Spliced;

    /// <summary>Times that the kernel made no pipe.</summary>
    public long PipesRefused;
    public long LostUp;
    public long LostDown;
}

namespace Lure.Sim.Checking;

/// <summary>What the loop has learned and done about one side of a session, from the answers that it was given.</summary>
internal sealed class SideShadow
{
    /// <summary>-1 when there is none.</summary>
    public int Fd;

    /// <summary>A unix socket: no reset goes out of it, and what it was written has arrived.</summary>
    public bool IsUnix;

    /// <summary>Bytes that were read from it.</summary>
    public long Read;

    /// <summary>Bytes of the other side's stream that its kernel accepted.</summary>
    public long Written;

    /// <summary>A read answered 0 before any error was learned: its FIN.</summary>
    public bool Finished;

    /// <summary>No read can bring anything any more: an end or an error was read.</summary>
    public bool ReadOver;

    /// <summary>The first error that a call on it was given, positive; 0 for none.</summary>
    public int Error;

    /// <summary>
    /// The last one: that its connection is gone (ENOTCONN of a shutdown) says less than what a read is told then.
    /// </summary>
    public int LastError;

    /// <summary>No write may follow: an error was learned.</summary>
    public bool WriteOver;

    /// <summary>shutdown has sent our FIN.</summary>
    public bool FinSent;

    /// <summary>SO_LINGER 0 is set.</summary>
    public bool Resets;

    /// <summary>A setsockopt for it was refused: the close cannot reset.</summary>
    public bool ResetRefused;

    /// <summary>epoll would not have it: the session is ended for it.</summary>
    public bool WatchRefused;

    /// <summary>A read found nothing (EAGAIN), and no report of it has come since.</summary>
    public bool IsEmpty;

    /// <summary>A splice was told an end, which it may be told early, or was refused: a read is asked, once the pipe is empty.</summary>
    public bool EndUnasked;

    /// <summary>A write fell short, and no report of room has come since.</summary>
    public bool IsStuffed;

    /// <summary>Closed by the loop.</summary>
    public bool Closed;

    /// <summary>Its kernel gave it up without a word to the peer.</summary>
    public bool DiedUnheard;

    /// <summary>The timer waited for it.</summary>
    public bool TimedOut;

    /// <summary>The last answer of SIOCOUTQ, and how often peers had acted by then.</summary>
    public long Unacknowledged;
    public long Disturbances;

    /// <summary>It was asked for after the last write.</summary>
    public bool Asked;

    /// <summary>Closed before a peer could act again: the count of what was lost is exact.</summary>
    public bool Settled;

    /// <summary>The token of what was closed before it was ever watched: no session's.</summary>
    public const ulong NeverWatched = ulong.MaxValue;

    /// <summary>What epoll reported it as.</summary>
    public ulong Token;

    /// <summary>Turn of the worker in which bytes were last read from it.</summary>
    public long ReadTurn;

    /// <summary>Turns in a row that it was ready and nothing was done.</summary>
    public int Starved;

    /// <summary>Turns that this may take, from the queue that it stood in.</summary>
    public int Patience;

    /// <summary>Bytes read in the present turn.</summary>
    public long ReadInTurn;

    /// <summary>And by how many reads.</summary>
    public int ReadsInTurn;

    public void Clear()
    {
        (Fd, Read, Written, Error, Unacknowledged, Token) = (-1, 0, 0, 0, 0, NeverWatched);
        (LastError, ReadsInTurn, Patience) = (0, 0, 0);
        (WatchRefused, IsUnix, IsEmpty, IsStuffed, EndUnasked) = (false, false, false, false, false);
        (Finished, ReadOver, WriteOver, FinSent, Resets) = (false, false, false, false, false);
        (ResetRefused, Closed, DiedUnheard, TimedOut, Asked) = (false, false, false, false, false);
        (ReadTurn, Starved, Disturbances, ReadInTurn, Settled) = (-1, 0, -1, 0, false);
    }
}

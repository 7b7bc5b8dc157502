using System.Collections.Generic;

namespace Lure.Sim.Checking;

/// <summary>What is remembered of a worker from wait to wait.</summary>
internal sealed class WorkerShadow
{
    /// <summary>ns: until when each listener must be left alone, by its number.</summary>
    public readonly List<long> PausedUntil = [];

    /// <summary>Waits so far.</summary>
    public long Turn;

    /// <summary>No call was made since the wait: what changed did so while it collected.</summary>
    public bool Collecting;

    /// <summary>A command, or the end of the time for it, ends every session in this turn.</summary>
    public bool Kills;
    public long DrainDeadline;
    public bool Draining;
    public bool Stopped;

    /// <summary>socket(2) failed in this turn.</summary>
    public bool OpenFailed;

    /// <summary>ns: the time that the loop last read, which it takes for the present until the next wait.</summary>
    public long Now;

    /// <summary>ns: the first timer that was due when the loop began to wait.</summary>
    public long NextTimer;

    /// <summary>ns: its next deadline, by its own account, when it began to wait.</summary>
    public long WakesAt;

    /// <summary>The last wait filled its array: reports, and timers, may be left behind.</summary>
    public bool WasFull;

    /// <summary>A signal ended the last wait: nothing was reported.</summary>
    public bool WasInterrupted;

    /// <summary>Reports of all kinds so far.</summary>
    public long Reports;

    /// <summary>Pauses of listeners that have to be told of: their number and errno, oldest first.</summary>
    public readonly Queue<(int Listener, int Errno)> PausesDue = new();

    /// <summary>Reports of sessions so far.</summary>
    public long Edges;

    /// <summary>Reports of sessions that were gone.</summary>
    public long StaleReports;

    /// <summary>A call of finalize was made in this turn.</summary>
    public bool Finalizes;

    /// <summary>Sessions of which a report has said that they are connected.</summary>
    public readonly List<SessionShadow> Answers = [];

    /// <summary>Connections accepted in this turn.</summary>
    public int AcceptsInTurn;

    /// <summary>Reads in the batch that runs, and which that is.</summary>
    public int ReadsInBatch;
    public long Batch;

    /// <summary>Whoever reads the records has gone to sleep, when so many wakes had been counted.</summary>
    public bool ReaderSleeps;
    public long Notifications;

    /// <summary>For the busy loop: what the state was, and how often in a row.</summary>
    public ulong StateHash;
    public int StateRepeats;

    public void Clear()
    {
        PausedUntil.Clear();
        PausesDue.Clear();
        (Reports, WakesAt) = (0, 0);
        (Edges, NextTimer, WasInterrupted) = (0, long.MaxValue, false);
        (Turn, Collecting, Kills, DrainDeadline, Draining, Stopped) = (0, false, false, long.MaxValue, false, false);
        (ReadsInBatch, Batch, StaleReports, AcceptsInTurn) = (0, -1, 0, 0);
        Answers.Clear();
        (Finalizes, ReaderSleeps, Notifications) = (false, false, 0);
        (OpenFailed, Now, WasFull, StateHash, StateRepeats) = (false, 0, false, 0, 0);
    }
}

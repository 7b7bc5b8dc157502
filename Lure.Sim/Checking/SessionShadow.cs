using System.Collections.Generic;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Records;
using Lure.Sim.Actors;

namespace Lure.Sim.Checking;

/// <summary>One session as the answers of the kernel tell it, apart from what the loop makes of them.</summary>
internal sealed class SessionShadow
{
    private readonly SideShadow _client = new();
    private readonly SideShadow _server = new();

    public int Worker;

    /// <summary>-1 until the loop was looked into.</summary>
    public int Slot;
    public uint Generation;
    public ulong Id;
    public int Listener;

    /// <summary>Who connected.</summary>
    public Actor? Client;

    /// <summary>From where.</summary>
    public SocketAddress Address;

    /// <summary>The server whose count has it; -1 for none.</summary>
    public int Server;

    /// <summary>The one whose count it left last, for a failed attempt, and in which turn of its worker.</summary>
    public int ReleasedServer;
    public long ReleasedTurn;

    /// <summary>Of a session that lingers: how often it was looked at.</summary>
    public long LingerLooks;

    /// <summary>Reports of it, reads and writes: what a turn is about that no timer began.</summary>
    public long Occasions;

    /// <summary>Attempts to connect, by the marks on their sockets.</summary>
    public readonly List<int> Attempts = [];

    /// <summary>The servers that they went to.</summary>
    public readonly List<int> Servers = [];

    /// <summary>ns.</summary>
    public long AcceptedAt;
    public long ConnectStartedAt;

    /// <summary>ns; 0 before.</summary>
    public long ConnectedAt;

    /// <summary>ns: a byte moved, or an end was read.</summary>
    public long MovedAt;

    /// <summary>The errno of the attempt that failed last, positive.</summary>
    public int ConnectError;

    /// <summary>The attempt that failed last did so by our own timer.</summary>
    public bool ConnectTimedOut;

    /// <summary>The first cause, once there is one, in the letters of the log; 0 before.</summary>
    public char Who;
    public char State;

    /// <summary>ns: when it was known; -1 before.</summary>
    public long CausedAt;

    /// <summary>SO_KEEPALIVE was asked for.</summary>
    public bool KeepsAlive;

    /// <summary>Options of it that were set.</summary>
    public int ProbesSet;

    /// <summary>TCP_NODELAY was asked for.</summary>
    public bool NoDelay;

    /// <summary>Its server's socket was reported as connected, and the loop has not looked at it yet.</summary>
    public bool Answers;

    /// <summary>Turn of its worker in which a report of something to read, or of an answer to a connect, came.</summary>
    public long ReportTurn;

    /// <summary>A setsockopt was refused, so that an attempt that was given up may look like a whole stream.</summary>
    public bool ResetRefused;

    /// <summary>Which stream ended first; null before.</summary>
    public Side? First;

    /// <summary>The flags that were last seen.</summary>
    public ConnectionFlags Flags;

    /// <summary>ns: when its timer was due at the last wait.</summary>
    public long TimerDue;

    /// <summary>In which phase.</summary>
    public Phase TimerPhase;

    /// <summary>The turn in which a call was last made for it.</summary>
    public long CalledTurn;

    /// <summary>Turns that it has waited for, because each filled its array of reports.</summary>
    public int TimerWaits;

    /// <summary>How often it was passed over.</summary>
    public int TimerPasses;

    /// <summary>ns: when it was first seen to be due then.</summary>
    public long TimerSeenAt;

    /// <summary>The record was taken.</summary>
    public bool Recorded;
    public LoopRecord Record;

    public SideShadow this[Side side] => side == Side.Client ? _client : _server;

    /// <summary>Bytes from a side that the loop holds.</summary>
    public long Waiting(Side source) => this[source].Read - this[source.Other()].Written;

    public void Clear()
    {
        (Worker, Slot, Generation, Id, Listener, Client) = (0, -1, 0, 0, 0, null);
        (AcceptedAt, ConnectStartedAt, MovedAt, ConnectError, ConnectTimedOut) = (0, 0, 0, 0, false);
        (TimerDue, CausedAt, KeepsAlive, ReportTurn) = (long.MaxValue, -1, false, -1);
        (ResetRefused, ConnectedAt, Address, Server) = (false, 0, default, -1);
        (ReleasedServer, ReleasedTurn) = (-1, -1);
        (LingerLooks, Occasions, ProbesSet) = (0, 0, 0);
        (TimerPhase, CalledTurn, TimerWaits, TimerPasses, TimerSeenAt) = (Phase.Free, -1, 0, 0, 0);
        (Who, State, First, Flags, Recorded) = ('\0', '\0', null, ConnectionFlags.None, false);
        _client.Clear();
        _server.Clear();
        Attempts.Clear();
        Servers.Clear();
    }

    /// <summary>Remembers which of the two streams ended first.</summary>
    public void NoteEnd(Side side) => First ??= side;

    /// <summary>Remembers the first cause.</summary>
    public void NoteCause(char who, bool connecting)
    {
        if (Who != '\0')
        {
            return;
        }

        Who = who;
        State =
            connecting ? 'C'
            : _server.Finished && !_client.FinSent ? 'L'
            : 'D';
    }
}

using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Records;

namespace Lure.Sim.Checking;

/// <content>V23: what the record says of a session is what has happened.</content>
internal sealed partial class Ledger
{
    /// <summary>Records that were taken, by whom they name first: '-', client, server, the relay itself.</summary>
    private readonly long[] _ends = new long[4];

    /// <summary>Takes a worker's records, and compares each with the account.</summary>
    public void TakeRecords(int worker)
    {
        bool taken = false;
        NoteAnswers(_workers[worker]);
        CountFailures();
        while (_simulation.Workers.Records(worker).TryTake(out LoopRecord record))
        {
            taken = true;
            if (record.Kind == RecordKind.SelfCheckFailed)
            {
                Fail(null, $"the loop's own check failed: {(ConnectionFlags)record.Flags}");
            }

            if (record.Kind == RecordKind.SessionEnd)
            {
                CheckRecord(worker, record);
            }
            else if (record.Kind == RecordKind.ServerEjected)
            {
                CheckEjection(worker, record);
            }
            else if (record.Kind == RecordKind.AllEjected)
            {
                CheckAllEjected(worker, record);
            }
            else if (record.Kind is RecordKind.AcceptPaused or RecordKind.SessionsFull)
            {
                _pauses++;
                CheckPauseTold(worker, record);
            }
        }

        CheckAllPausesTold(worker);

        CheckWoken(worker, taken);
        CheckServers(worker);
    }

    private void CheckRecord(int worker, in LoopRecord record)
    {
        SessionShadow? session = null;
        foreach (SessionShadow candidate in _sessions)
        {
            if (candidate.Id == record.Id && candidate.Worker == worker && !candidate.Recorded)
            {
                session = candidate;
            }
        }

        if (session is null)
        {
            Fail(null, $"V23: a record of session {record.Id:x}, which is not open");
            return;
        }

        session.Recorded = true;
        session.Record = record;
        CheckClosed(session);
        CheckCode(session, record);
        CheckEnds(session, record);
        CheckCounts(session, record);
        CheckTelling(session, record);
        _ends[
            (char)record.Who switch
            {
                '-' => 0,
                'C' or 'c' => 1,
                'S' or 's' => 2,
                _ => 3,
            }
        ]++;
        NoteClosed(session, Side.Client);
        NoteClosed(session, Side.Server);
    }

    private void NoteClosed(SessionShadow session, Side side)
    {
        if (session[side].Token != SideShadow.NeverWatched)
        {
            _simulation.NoteClosed(new(session.Worker, session[side].Token, session.Client, side));
        }
    }

    /// <summary>V7: what the session had open is closed.</summary>
    private void CheckClosed(SessionShadow session)
    {
        if (!session[Side.Client].Closed || (session[Side.Server].Fd >= 0 && !session[Side.Server].Closed))
        {
            Fail(session, "V7: the session has ended, and a descriptor of it is open");
        }
    }

    private void CheckCode(SessionShadow session, in LoopRecord record)
    {
        (char who, char state) = ((char)record.Who, (char)record.State);
        if (session.Who == '\0')
        {
            CheckUncaused(session, record, who, state);
        }
        else if ((who, state) != (session.Who, session.State))
        {
            Fail(session, $"V23: the record says {who}{state}, what happened is {session.Who}{session.State}");
        }
    }

    /// <summary>No call has told of a cause: the session is whole, or there was no server for it.</summary>
    private void CheckUncaused(SessionShadow session, in LoopRecord record, char who, char state)
    {
        bool whole =
            session[Side.Client].Finished
            && session[Side.Server].Finished
            && session.Waiting(Side.Client) == 0
            && session.Waiting(Side.Server) == 0;
        if ((who, state) == ('-', '-') && whole)
        {
            return;
        }

        bool noServer = session.Attempts.Count == 0 && HasLimits(record.Backend);
        bool allTried = session.Attempts.Count > 0 && session.ConnectError != 0;
        char last = session.ConnectTimedOut ? 's' : CauseOf(ErrnoClasses.OfConnect(session.ConnectError));
        bool timedOut =
            session.Attempts.Count > 0
            && _workers[session.Worker].Now >= session.ConnectStartedAt + _simulation.Plan.Loop.ConnectTimeout;
        bool holds = (who, state) switch
        {
            ('S', 'Q') => noServer,
            ('R', 'C') => record.ServerErrno != 0
                && ErrnoClasses.OfConnect(record.ServerErrno) is ConnectFailure.NoResource or ConnectFailure.NoPort,
            ('S', 'C') => allTried && last == 'S',
            ('s', 'C') => timedOut || (allTried && last == 's'),
            _ => false,
        };
        if (!holds)
        {
            Fail(session, $"V23: the record says {who}{state}, and nothing of the kind has happened");
        }

        if (who is 'S' or 's' && session.ConnectError != 0)
        {
            CheckAttempts(session);
        }
    }

    private bool HasLimits(int backend)
    {
        foreach (var server in _topology.Backends[backend].Servers)
        {
            if (server.MaxSessions > 0)
            {
                return true;
            }
        }

        return false;
    }

    private void CheckEnds(SessionShadow session, in LoopRecord record)
    {
        bool whole = record.Who == '-';
        CheckEnd(session, Side.Client, record.ClientEnd, record.ClientOut, whole);
        CheckEnd(session, Side.Server, record.ServerEnd, record.ServerOut, whole);
        bool serverFirst = session.First == Side.Server;
        if (record.ServerEndedFirst != serverFirst)
        {
            Fail(session, $"V23: the record says that the {(serverFirst ? "client" : "server")} ended first");
        }
    }

    private void CheckEnd(SessionShadow session, Side side, EndKind end, EndKind sent, bool whole)
    {
        SideShadow shadow = session[side];
        bool timedOut =
            shadow.TimedOut || (side == Side.Server && session.Record.Who == 's' && session.Record.State == 'C');
        EndKind expected =
            shadow.Finished ? EndKind.Fin
            : shadow.Error != 0 ? EndKind.Reset
            : timedOut ? EndKind.Timeout
            : EndKind.None;
        if (end != expected)
        {
            Fail(session, $"V23: the record says that the {side} ended by {end}, it was {expected}");
        }

        bool never = side == Side.Server && (shadow.Fd < 0 || session.Record.State is (byte)'C' or (byte)'Q');
        EndKind expectedOut =
            never ? EndKind.None
            : whole || shadow.FinSent ? EndKind.Fin
            : EndKind.Reset;
        if (sent != expectedOut)
        {
            Fail(session, $"V23: the record says that the {side} was sent {sent}, it was {expectedOut}");
        }
    }

    private void CheckCounts(SessionShadow session, in LoopRecord record)
    {
        CheckCount(session, Side.Client, record.Up, record.LostUp);
        CheckCount(session, Side.Server, record.Down, record.LostDown);
        CheckErrno(session, record);
        if ((record.StartedAt, record.Listener) != (session.AcceptedAt, session.Listener))
        {
            Fail(session, "V23: the record names another beginning");
        }

        // An attempt without a socket begins, and leaves no other trace.
        bool dated = session.Servers.Count == record.Retries + 1 && record.ConnectStartedAt != session.ConnectStartedAt;
        if (dated || record.ConnectedAt != session.ConnectedAt)
        {
            Fail(session, "V23: the record names other times for its connect");
        }

        int server = session.Servers.Count == 0 ? record.Server : session.Servers[^1];
        bool named = record.Server == server || _workers[session.Worker].OpenFailed;
        if (!named || record.Backend != _simulation.Plan.Fronts[session.Listener].Backend)
        {
            Fail(session, $"V23: the record names server {record.Server + 1}, it was {server + 1}");
        }

        int retries = session.Attempts.Count - 1;
        bool counted = record.Retries == (retries < 0 ? 0 : retries) || _workers[session.Worker].OpenFailed;
        if (!counted)
        {
            // An attempt whose socket could not even be made is one of the retries.
            bool more = record.Retries > retries && _simulation.Plan.Injures;
            if (!more)
            {
                Fail(session, $"V23: the record says {record.Retries} retries, there were {retries}");
            }
        }
    }

    private void CheckCount(SessionShadow session, Side source, long received, long lost)
    {
        if (received != session[source].Read)
        {
            Fail(session, $"V16: {session[source].Read} bytes came from the {source}, the record says {received}");
        }

        SideShadow target = session[source.Other()];
        bool whole = session.Record.Who == '-';
        bool held = !whole && target.Fd >= 0 && IsOpenAtEnd(session, source.Other());
        long unacknowledged = held ? System.Math.Max(0, target.Unacknowledged - (target.FinSent ? 1 : 0)) : 0;
        long expected = whole ? 0 : session.Waiting(source) + unacknowledged;
        if (lost != expected)
        {
            Fail(session, $"V23: the record says {lost} bytes from the {source} were lost, it was {expected}");
        }
    }

    /// <summary>The errors that the record names are those that calls on its two sides were given.</summary>
    private void CheckErrno(SessionShadow session, in LoopRecord record)
    {
        if (record.Who is (byte)'R' or (byte)'I')
        {
            return; // of a call that was about the session, not on one of its sides
        }

        bool connecting = record.State is (byte)'C' or (byte)'Q';
        int server = connecting ? session.ConnectError : session[Side.Server].LastError;
        int client = session[Side.Client].LastError;
        if ((record.ClientErrno, record.ServerErrno) != (client, server))
        {
            Fail(
                session,
                $"V23: the record names the errors {record.ClientErrno} and {record.ServerErrno}, they were {client} and {server}"
            );
        }
    }

    /// <summary>A server whose attempt was cleared away has no kernel to ask.</summary>
    private static bool IsOpenAtEnd(SessionShadow session, Side side) =>
        ((ConnectionFlags)session.Record.Flags).Has(ConnectionFlags.Open, side);
}

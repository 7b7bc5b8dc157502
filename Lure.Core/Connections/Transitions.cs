using System.Runtime.CompilerServices;
using Lure.Analyzers;
using Lure.Core.Kernel;
using static Lure.Core.Connections.ConnectionFlags;

namespace Lure.Core.Connections;

/// <summary>
/// The state machine of a session: for each event, the flags that follow from the flags that were.
/// Pure functions, and the only code that decides about ends. What has to be done about the flags is
/// said by <see cref="Decisions"/>.
/// </summary>
[HotPath]
public static class Transitions
{
    /// <summary>A client was accepted. A fresh socket has room, so its first write needs no report.</summary>
    public static ConnectionFlags Accepted() =>
        (Open | Writable).On(Side.Client) | ConnectDue | None.With(Phase.Connecting);

    /// <summary>epoll reported a side. It only permits a try: the call's answer decides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConnectionFlags Reported(ConnectionFlags flags, Side side, Readiness readiness)
    {
        const Readiness ends = Readiness.ReadHangUp | Readiness.HangUp | Readiness.Error | Readiness.Urgent;
        ConnectionFlags seen = None;
        if ((readiness & (Readiness.In | ends)) != 0)
        {
            seen |= Readable;
        }

        if ((readiness & Readiness.Out) != 0)
        {
            seen |= Writable;
        }

        if ((readiness & ends) != 0)
        {
            seen |= Hinted;
        }

        flags |= seen.On(side);
        bool connecting = side == Side.Server && flags.Phase() == Phase.Connecting;
        return connecting ? flags | VerdictDue : flags;
    }

    /// <summary>A server's socket exists and connects, or is connected at once.</summary>
    public static ConnectionFlags ConnectStarted(ConnectionFlags flags) =>
        (flags & ~ConnectDue) | Open.On(Side.Server) | TimerDue;

    /// <summary>
    /// The server's socket has no error. Without a report that it can be written to, the connect is
    /// still under way: some kernels report a hang-up in the middle of a good one.
    /// </summary>
    public static ConnectionFlags ConnectAnswered(ConnectionFlags flags)
    {
        flags &= ~VerdictDue;
        return flags.Has(Writable, Side.Server) ? Connected(flags) : flags & ~(Readable | Hinted).On(Side.Server);
    }

    /// <summary>The server accepted.</summary>
    public static ConnectionFlags Connected(ConnectionFlags flags) =>
        (flags & ~VerdictDue).With(ConnectFailure.None).With(Phase.Relaying) | Writable.On(Side.Server);

    /// <summary>An attempt failed.</summary>
    /// <param name="flags">Before.</param>
    /// <param name="failure">Why.</param>
    /// <param name="another">Whether the limit of retries leaves another attempt.</param>
    public static ConnectionFlags ConnectFailed(ConnectionFlags flags, ConnectFailure failure, bool another)
    {
        flags = (flags & ~(VerdictDue | ConnectDue)).With(failure) | AttemptFailed;
        return another && failure != ConnectFailure.NoResource ? flags | ConnectDue : EndOfAttempts(flags);
    }

    /// <summary>What was left of a failed attempt is cleared away; the client and its early bytes stay.</summary>
    public static ConnectionFlags AttemptCleared(ConnectionFlags flags) =>
        flags & ~(AttemptFailed | WatchServerDue | (SideMask & ~(Pending | Full | TimedOut)).On(Side.Server));

    /// <summary>There is no server left to try.</summary>
    /// <param name="flags">Before.</param>
    /// <param name="full">Those that could be tried have no place left.</param>
    public static ConnectionFlags NoServer(ConnectionFlags flags, bool full)
    {
        flags &= ~ConnectDue;
        return full && flags.Failure() == ConnectFailure.None
            ? flags.WithFirst(EndCause.Server, EndState.Queue).With(Phase.Ending)
            : EndOfAttempts(flags);
    }

    /// <summary>A read was answered.</summary>
    /// <param name="flags">Before.</param>
    /// <param name="source">Whose bytes.</param>
    /// <param name="reading">The answer.</param>
    /// <param name="full">No room is left for more of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConnectionFlags Received(ConnectionFlags flags, Side source, Reading reading, bool full)
    {
        Side target = source.Other();
        switch (reading)
        {
            case Reading.Partial:
            case Reading.Filled:
                // Acknowledged was what went before them.
                flags = (flags & ~Quiet.On(target)) | (full ? Pending | Full : Pending).On(target);
                bool last = reading == Reading.Partial && !flags.Has(Hinted, source);
                return last ? flags & ~Readable.On(source) : flags;
            case Reading.Nothing:
                return flags & ~(Readable | Hinted).On(source);
            case Reading.End:
                return StreamEnded(flags, source);
            case Reading.FailedEarly:
                return Died(flags, source) | (Readable | Hinted).On(source);
            default:
                return Died(flags, source) | ReadDone.On(source);
        }
    }

    /// <summary>A write was answered.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConnectionFlags Sent(ConnectionFlags flags, Side target, Writing writing) =>
        writing switch
        {
            Writing.All => flags & ~(Pending | Full).On(target),
            Writing.Blocked => flags & ~(Writable | Full).On(target),
            Writing.Some => flags & ~Full.On(target),
            // What it had sent before it died is still to be read, and the error, being one-shot,
            // will not be seen by the reader: the end of that stream is no FIN.
            _ => Died(flags, target) | (Readable | Hinted).On(target),
        };

    /// <summary>
    /// A FIN could not be sent (ENOTCONN): a side that we have not finished with is only gone when it
    /// was reset or timed out. Its last bytes may still be there to be read, as after a failed write.
    /// </summary>
    public static ConnectionFlags FinRefused(ConnectionFlags flags, Side target) =>
        Settle(Died(flags & ~FinSent.On(target), target) | (Readable | Hinted).On(target));

    /// <summary>A write found no room at all: what waits is as much as before.</summary>
    public static ConnectionFlags Blocked(ConnectionFlags flags, Side target) => flags & ~Writable.On(target);

    /// <summary>That the bytes for it have no room behind them was a guess, and there is a reason to try.</summary>
    public static ConnectionFlags RoomUncertain(ConnectionFlags flags, Side target) => flags & ~Full.On(target);

    /// <summary>A timer of the present phase came due.</summary>
    public static ConnectionFlags TimerFired(ConnectionFlags flags)
    {
        switch (flags.Phase())
        {
            case Phase.Relaying:
                Side idle = AwaitedSide(flags);
                EndCause cause = idle == Side.Client ? EndCause.ClientTimer : EndCause.ServerTimer;
                flags = NoteEnd(flags, idle).WithFirst(cause, DataState(flags)) | TimedOut.On(idle);
                return flags.With(Phase.Lingering);
            case Phase.Lingering:
                return flags | LingerOver;
            default:
                return flags;
        }
    }

    /// <summary>An operator ends the session: the drain deadline, a stop.</summary>
    /// <param name="flags">Before.</param>
    /// <param name="atOnce">Do not wait for acknowledgements.</param>
    public static ConnectionFlags Killed(ConnectionFlags flags, bool atOnce)
    {
        Phase phase = flags.Phase();
        EndState state = phase == Phase.Connecting ? EndState.Connect : DataState(flags);
        flags = flags.WithFirst(EndCause.Killed, state);
        if (atOnce)
        {
            flags |= LingerOver;
        }

        return phase switch
        {
            Phase.Connecting => (flags & ~ConnectDue).With(Phase.Ending),
            Phase.Relaying => flags.With(Phase.Lingering),
            _ => flags,
        };
    }

    /// <summary>A side has acknowledged everything that was written to it.</summary>
    public static ConnectionFlags Acknowledged(ConnectionFlags flags, Side side) => flags | Quiet.On(side);

    /// <summary>Something is missing here that the session needs: a registration with epoll.</summary>
    public static ConnectionFlags OutOfResources(ConnectionFlags flags) =>
        flags
            .WithFirst(EndCause.Resource, flags.Phase() == Phase.Connecting ? EndState.Connect : DataState(flags))
            .With(Phase.Ending) & ~ConnectDue;

    /// <summary>The session contradicts itself.</summary>
    public static ConnectionFlags SelfCheckFailed(ConnectionFlags flags) =>
        flags
            .WithFirst(EndCause.Internal, flags.Phase() == Phase.Connecting ? EndState.Connect : DataState(flags))
            .With(Phase.Ending) & ~ConnectDue;

    /// <summary>
    /// What follows from the flags without an event: a FIN that can be passed on, a session that is
    /// over, a reset that has waited long enough. The loop performs what <see cref="Decisions"/> says
    /// about the flags before and after.
    /// </summary>
    public static ConnectionFlags Settle(ConnectionFlags flags)
    {
        switch (flags.Phase())
        {
            case Phase.Connecting:
                return flags.Has(Dead, Side.Client) ? (flags & ~ConnectDue).With(Phase.Ending) : flags;
            case Phase.Relaying:
                if (flags.Has(Dead, Side.Client) || flags.Has(Dead, Side.Server))
                {
                    return Settle(flags.With(Phase.Lingering));
                }

                flags = PassFin(PassFin(flags, Side.Client), Side.Server);
                bool whole = flags.Has(FinSent, Side.Client) && flags.Has(FinSent, Side.Server);
                return whole ? flags.With(Phase.Ending) : flags;
            case Phase.Lingering:
                bool over = HasLingered(flags, Side.Client) && HasLingered(flags, Side.Server);
                return over || flags.Has(LingerOver) ? flags.With(Phase.Ending) : flags;
            default:
                return flags;
        }
    }

    /// <summary>Nothing has to be waited for before this side is reset: it is dead or never was, or has it all.</summary>
    private static bool HasLingered(ConnectionFlags flags, Side side)
    {
        if (!flags.Has(Open, side) || flags.Has(Dead, side))
        {
            return true;
        }

        Side source = side.Other();
        bool more = flags.Has(Dead, source) && !flags.Has(ReadDone, source);
        return !more && !flags.Has(Pending, side) && flags.Has(Quiet, side);
    }

    /// <summary>The FIN of a source goes to the target when the target has all bytes before it.</summary>
    private static ConnectionFlags PassFin(ConnectionFlags flags, Side source)
    {
        Side target = source.Other();
        bool due = flags.Has(Eof, source) && !flags.Has(Pending, target);
        return due ? flags | FinSent.On(target) : flags;
    }

    private static ConnectionFlags StreamEnded(ConnectionFlags flags, Side source)
    {
        flags &= ~Readable.On(source);
        return flags.Has(Dead, source)
            ? flags | ReadDone.On(source)
            : NoteEnd(flags, source) | (Eof | ReadDone).On(source) | TimerDue;
    }

    private static ConnectionFlags Died(ConnectionFlags flags, Side side)
    {
        EndState state = flags.Phase() == Phase.Connecting ? EndState.Connect : DataState(flags);
        flags = NoteEnd(flags, side).WithFirst(side == Side.Client ? EndCause.Client : EndCause.Server, state);
        return (flags & ~(Readable | Writable).On(side)) | Dead.On(side);
    }

    /// <summary>Remembers which of the two streams ended first.</summary>
    private static ConnectionFlags NoteEnd(ConnectionFlags flags, Side side)
    {
        const ConnectionFlags ended = Eof | Dead | TimedOut;
        return side == Side.Server && !flags.Has(ended, Side.Client) && !flags.Has(ended, Side.Server)
            ? flags | ServerEndedFirst
            : flags;
    }

    private static ConnectionFlags EndOfAttempts(ConnectionFlags flags)
    {
        EndCause cause = flags.Failure() switch
        {
            ConnectFailure.TimedOut => EndCause.ServerTimer,
            ConnectFailure.NoPort or ConnectFailure.NoResource => EndCause.Resource,
            _ => EndCause.Server,
        };
        flags = flags.WithFirst(cause, EndState.Connect);
        if (flags.Failure() == ConnectFailure.TimedOut)
        {
            flags |= TimedOut.On(Side.Server);
        }

        return flags.With(Phase.Ending);
    }

    private static EndState DataState(ConnectionFlags flags) =>
        flags.Has(Eof, Side.Server) && !flags.Has(FinSent, Side.Client) ? EndState.Last : EndState.Data;

    /// <summary>
    /// For whom an idle session waits: a side that does not take what is there for it, else the one
    /// that has not finished, else the client, who is the one that asks.
    /// </summary>
    private static Side AwaitedSide(ConnectionFlags flags)
    {
        if (flags.Has(Pending, Side.Client))
        {
            return Side.Client;
        }

        bool server = flags.Has(Pending, Side.Server) || (flags.Has(Eof, Side.Client) && !flags.Has(Eof, Side.Server));
        return server ? Side.Server : Side.Client;
    }
}

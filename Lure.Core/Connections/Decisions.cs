using System.Runtime.CompilerServices;
using Lure.Analyzers;
using Lure.Core.Kernel;
using Lure.Core.Records;
using static Lure.Core.Connections.ConnectionFlags;

namespace Lure.Core.Connections;

/// <summary>What the flags ask for: pure questions, answered from the word alone.</summary>
[HotPath]
public static class Decisions
{
    /// <summary>
    /// A read from this side is worth a call, and what it brings can be kept. A side whose target is
    /// blocked is only read when something hints at its end, and only into room that is there.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool WantsRead(ConnectionFlags flags, Side source)
    {
        Side target = source.Other();
        const ConnectionFlags able = Open | Readable;
        if ((flags & (able | ReadDone).On(source)) != able.On(source) || flags.Has(Dead | Full, target))
        {
            return false;
        }

        return flags.Phase() switch
        {
            Phase.Relaying => !flags.Has(Pending, target) || flags.Has(Writable, target) || flags.Has(Hinted, source),
            Phase.Connecting => source == Side.Client,
            Phase.Lingering => flags.Has(Dead, source) && (!flags.Has(Pending, target) || flags.Has(Writable, target)),
            _ => false,
        };
    }

    /// <summary>Bytes wait for this side and it has room for some.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool WantsWrite(ConnectionFlags flags, Side target)
    {
        const ConnectionFlags able = Open | Writable | Pending;
        return (flags & (able | Dead).On(target)) == able.On(target)
            && flags.Phase() is Phase.Relaying or Phase.Lingering;
    }

    /// <summary>There is something to try without waiting for another event.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Runnable(ConnectionFlags flags) =>
        flags.Has(VerdictDue | ConnectDue)
        || WantsRead(flags, Side.Client)
        || WantsRead(flags, Side.Server)
        || WantsWrite(flags, Side.Client)
        || WantsWrite(flags, Side.Server);

    /// <summary>Settling has made a FIN due that a close will not send.</summary>
    public static bool ShutdownDue(ConnectionFlags before, ConnectionFlags after, Side target) =>
        !before.Has(FinSent, target) && after.Has(FinSent, target) && after.Phase() != Phase.Ending;

    /// <summary>
    /// The report alone says how the connect went. A socket that still connects has no room to write
    /// to, one that failed has a hang-up and an error beside it (tcp_poll in net/ipv4/tcp.c reads the
    /// state first and the error last); so room and nothing else means that the server has accepted.
    /// Whatever else was reported, its error is asked for.
    /// </summary>
    public static bool VerdictIsKnown(ConnectionFlags flags) =>
        (flags & (Writable | Hinted).On(Side.Server)) == Writable.On(Side.Server);

    /// <summary>While lingering: ask whether this side has acknowledged everything.</summary>
    public static bool AcknowledgementDue(ConnectionFlags flags, Side side) =>
        flags.Phase() == Phase.Lingering && (flags & (Open | Dead | Pending | Quiet).On(side)) == Open.On(side);

    /// <summary>Both streams were passed on whole: a close ends them as they ended.</summary>
    public static bool EndsByFin(ConnectionFlags flags) => flags.Cause() == EndCause.None;

    /// <summary>This side must see a reset, because its stream is cut.</summary>
    public static bool EndsByReset(ConnectionFlags flags, Side side) => !EndsByFin(flags) && !flags.Has(Dead, side);

    /// <summary>How a side's own stream ended.</summary>
    public static EndKind EndOf(ConnectionFlags flags, Side side) =>
        flags.Has(Eof, side) ? EndKind.Fin
        : flags.Has(Dead, side) ? EndKind.Reset
        : flags.Has(TimedOut, side) ? EndKind.Timeout
        : EndKind.None;

    /// <summary>How the stream towards a side was ended. A server that was still being connected to has seen none.</summary>
    public static EndKind OutOf(ConnectionFlags flags, Side side) =>
        !flags.Has(Open, side) || (side == Side.Server && flags.EndState() == EndState.Connect) ? EndKind.None
        : flags.Has(FinSent, side) ? EndKind.Fin
        : EndKind.Reset;

    /// <summary>What must hold in every state that the loop leaves behind.</summary>
    public static bool IsConsistent(ConnectionFlags flags)
    {
        bool relaying = flags.Phase() is Phase.Relaying or Phase.Lingering;
        return flags.Has(Open, Side.Client)
            && (!relaying || flags.Has(Open, Side.Server))
            && (flags.Phase() != Phase.Relaying || flags.Cause() == EndCause.None)
            && Holds(flags, Side.Client)
            && Holds(flags, Side.Server);
    }

    private static bool Holds(ConnectionFlags flags, Side side)
    {
        bool fullMeansPending = !flags.Has(Full, side) || flags.Has(Pending, side);
        bool eofMeansDone = !flags.Has(Eof, side) || flags.Has(ReadDone, side);
        bool finAfterLastByte =
            !flags.Has(FinSent, side) || (flags.Has(Eof, side.Other()) && !flags.Has(Pending, side));
        return fullMeansPending && eofMeansDone && finAfterLastByte;
    }
}

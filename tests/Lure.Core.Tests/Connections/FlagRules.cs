using System;
using System.Collections.Generic;
using System.Linq;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using static Lure.Core.Connections.ConnectionFlags;
using Step = Lure.Core.Tests.Connections.FlagMachine.Step;

namespace Lure.Core.Tests.Connections;

/// <summary>What holds of every step that a session can take, and of every word of flags that it can be in.</summary>
internal static class FlagRules
{
    private const ConnectionFlags Final = Eof | Dead | ReadDone | FinSent;

    private static readonly Side[] Sides = [Side.Client, Side.Server];

    /// <summary>But for what is due to the server's registration, which goes with a failed attempt.</summary>
    private static ConnectionFlags Bookkeeping =>
        Queued
        | Touched
        | WatchClientDue
        | KeepAliveSet
        | ClientUnix
        | ServerUnix
        | NoDelayDue
        | ClientCopied
        | ServerCopied
        | Bulk.Fed(Bulk.Fed(None, Side.Client), Side.Server);

    private static ConnectionFlags Both => Open.On(Side.Client) | Open.On(Side.Server);

    private static ConnectionFlags Relaying => Both | None.With(Phase.Relaying);

    private static ConnectionFlags Killed => Transitions.Killed(Relaying, atOnce: true);

    public static IReadOnlyList<StepRule> OfSteps { get; } =
    [
        new(
            "what settling leaves agrees with itself",
            step => IsSettling(step) && step.To.Phase() != Phase.Ending && !Decisions.IsConsistent(step.To),
            Of(FlagMachine.Settle, Relaying, Relaying | Full)
        ),
        new(
            "settling twice changes nothing",
            step => IsSettling(step) && Transitions.Settle(step.To) != step.To,
            Of(FlagMachine.Settle, Relaying, Relaying | Eof)
        ),
        new(
            "a FIN goes out only for a FIN that came in, after its last byte, and not after a reset",
            step => Sides.Any(side => Begins(step, FinSent, side) && !MayBeFinished(step.From, side)),
            Of(FlagMachine.Settle, Relaying | Eof | Pending.On(Side.Server), Relaying | Eof | FinSent.On(Side.Server))
        ),
        new(
            "the first cause stays",
            step =>
                step.From.Cause() != EndCause.None
                && (step.To.Cause() != step.From.Cause() || step.To.EndState() != step.From.EndState()),
            Of("timer", Killed, Relaying.WithFirst(EndCause.Client, EndState.Data))
        ),
        new(
            "a phase does not come back, so a session ends once",
            step => step.To.Phase() < step.From.Phase(),
            Of("connected at once", Relaying.With(Phase.Ending), Relaying)
        ),
        new(
            "what is final stays",
            step => Sides.Any(side => !IsCleared(step, side) && (step.From & Final.On(side) & ~step.To) != None),
            Of("read Nothing", Relaying | Eof | ReadDone, Relaying)
        ),
        new(
            "what the session remembers stays",
            step => (step.From & (ServerEndedFirst | LingerOver) & ~step.To) != None,
            Of("stop", Relaying | LingerOver, Relaying)
        ),
        new(
            "an attempt that is cleared away leaves the client as it was",
            step => step.Event == FlagMachine.Cleared && (step.From & SideMask) != (step.To & SideMask),
            Of(FlagMachine.Cleared, Relaying | Readable, Relaying)
        ),
        new(
            "what changes what the timer waits for says so",
            step => !step.To.Has(TimerDue) && MovesTimer(step),
            Of("read End", Relaying & ~TimerDue, (Relaying | Eof) & ~TimerDue)
        ),
    ];

    public static IReadOnlyList<WordRule> OfWords { get; } =
    [
        new(
            "a session ends without a cause only when both streams were passed on whole",
            flags => flags.Phase() == Phase.Ending && flags.Cause() == EndCause.None && !IsWhole(flags)
        ),
        new(
            "nothing is read from or written to a side that has ended or is not there",
            flags => Sides.Any(side => IsUsedAfterItsEnd(flags, side))
        ),
        new(
            "whoever sleeps waits for an edge that will come",
            flags => IsAsleep(flags) && Sides.Any(side => IsForgotten(flags, side))
        ),
        new(
            "who has ended is deaf to reports",
            flags => flags.Phase() == Phase.Ending && Sides.Any(side => Hears(flags, side))
        ),
        new("timers alone end a session, whatever its peers do not do", flags => !EndsByTimers(flags)),
        new("bookkeeping decides nothing, and no step loses it", flags => !IsBlindToBookkeeping(flags)),
    ];

    private static Step Of(string name, ConnectionFlags from, ConnectionFlags to) => new(from, name, null, to);

    private static bool IsSettling(Step step) => step.Event == FlagMachine.Settle;

    private static bool IsCleared(Step step, Side side) => step.Event == FlagMachine.Cleared && side == Side.Server;

    private static bool Begins(Step step, ConnectionFlags bit, Side side) =>
        !step.From.Has(bit, side) && step.To.Has(bit, side);

    private static bool MayBeFinished(ConnectionFlags flags, Side target) =>
        flags.Has(Eof, target.Other()) && !flags.Has(Pending, target) && !flags.Has(Dead, target.Other());

    /// <summary>Each phase has its timer, connecting counts from its start, and who is half closed waits less.</summary>
    private static bool MovesTimer(Step step) =>
        step.To.Phase() != step.From.Phase()
        || Sides.Any(side => Begins(step, Eof, side))
        || Begins(step, Open, Side.Server);

    private static bool IsWhole(ConnectionFlags flags) =>
        Sides.All(side => flags.Has(FinSent, side) && flags.Has(Eof, side));

    private static bool IsUsedAfterItsEnd(ConnectionFlags flags, Side side) =>
        (flags.Has(ReadDone, side) && Decisions.WantsRead(flags, side))
        || (flags.Has(Dead, side) && Decisions.WantsWrite(flags, side))
        || (!flags.Has(Open, side) && (Decisions.WantsRead(flags, side) || Decisions.WantsWrite(flags, side)));

    private static bool IsAsleep(ConnectionFlags flags) =>
        flags.Phase() != Phase.Ending
        && !flags.Has(AttemptFailed)
        && Transitions.Settle(flags) == flags
        && !Decisions.Runnable(flags);

    /// <summary>A connection is registered once, for edges: what could be tried and is not will never be reported.</summary>
    private static bool IsForgotten(ConnectionFlags flags, Side side)
    {
        bool isServer = flags.Phase() != Phase.Connecting;
        bool write = isServer && flags.Has(Pending, side) && flags.Has(Writable, side) && !flags.Has(Dead, side);
        return flags.Has(Open, side) && (write || ((isServer || side == Side.Client) && IsReadForgotten(flags, side)));
    }

    private static bool IsReadForgotten(ConnectionFlags flags, Side side)
    {
        Side target = side.Other();
        // While lingering only the rest of a dead side is of use.
        bool ofUse = flags.Phase() != Phase.Lingering || flags.Has(Dead, side);
        bool heldUp =
            flags.Has(Dead | Full, target)
            || (flags.Phase() != Phase.Connecting && flags.Has(Pending, target) && !flags.Has(Writable, target));
        return ofUse && !heldUp && flags.Has(Readable, side) && !flags.Has(ReadDone, side);
    }

    private static bool Hears(ConnectionFlags flags, Side side)
    {
        const Readiness all = Readiness.In | Readiness.Out | Readiness.Error | Readiness.HangUp | Readiness.ReadHangUp;
        ConnectionFlags reported = Transitions.Reported(flags, side, all);
        return Decisions.Runnable(reported) || Transitions.Settle(reported) != reported;
    }

    private static bool EndsByTimers(ConnectionFlags flags)
    {
        // Connecting, relaying, lingering: one timer each.
        for (int i = 0; i < 3; i++)
        {
            flags = Transitions.Settle(flags.Has(AttemptFailed) ? Transitions.AttemptCleared(flags) : flags);
            flags = flags.Phase() switch
            {
                Phase.Connecting => Transitions.ConnectFailed(flags, ConnectFailure.TimedOut, another: false),
                Phase.Relaying or Phase.Lingering => Transitions.TimerFired(flags),
                _ => flags,
            };
        }

        return Transitions.Settle(flags).Phase() == Phase.Ending;
    }

    /// <summary>Which descriptors the kernel was told of and what sort of sockets they are.</summary>
    private static bool IsBlindToBookkeeping(ConnectionFlags flags) =>
        FlagMachine
            .Steps(flags | Bookkeeping)
            .Select(step => step with { From = step.From & ~Bookkeeping, To = step.To ^ Bookkeeping })
            .SequenceEqual(FlagMachine.Steps(flags));

    /// <param name="Claim">What has to hold.</param>
    /// <param name="IsBrokenBy">True for a step that may not be.</param>
    /// <param name="Example">One that breaks it.</param>
    internal sealed record StepRule(string Claim, Func<Step, bool> IsBrokenBy, Step Example)
    {
        public override string ToString() => Claim;
    }

    /// <param name="Claim">What has to hold.</param>
    /// <param name="IsBrokenBy">True for a word that may not be.</param>
    internal sealed record WordRule(string Claim, Func<ConnectionFlags, bool> IsBrokenBy);
}

using System.Collections.Immutable;
using Lure.Sim.Canaries.Lies;

namespace Lure.Sim.Canaries;

/// <summary>
/// The known defects that every campaign has to catch. V15 has none, for it is no check of a run but a
/// count of the garbage that tests keep; V20 none, for there is no ring yet.
/// </summary>
internal static class CanaryTable
{
    public static ImmutableArray<Canary> All { get; } =
    [
        new("RepeatedByte", "V1", "a read hands out a byte twice", static () => new RepeatedByte()),
        new("CountTooSmall", "V2", "a read counts a byte less than it moved", static () => new CountTooSmall()),
        new("ShortWriteHidden", "V2", "a short write is told as a whole one", static () => new ShortWriteHidden()),
        new("ResetAsEnd", "V3", "a reset is told as the end of the stream", static () => new ResetAsEnd()),
        new("TailDropped", "V4", "bytes that came with a FIN are gone", static () => new TailDropped()),
        new("ResetForgotten", "V5", "SO_LINGER is accepted and forgotten", static () => new ResetForgotten()),
        new("EndInterrupted", "V6", "a FIN is told as EINTR", static () => new EndInterrupted()),
        new("CloseNotDone", "V7", "close does nothing", static () => new CloseNotDone()),
        new("AcceptedTwice", "V23", "accept gives one descriptor twice", static () => new AcceptedTwice()),
        OfLoop("BlockMiscounted", "V8", "the pool counts a block too many", static x => new BlockMiscounted(x)),
        OfLoop("ForeignBlock", "V9", "blocks belong to somebody else", static x => new ForeignBlock(x)),
        new("WatchedForLess", "V10", "epoll forgets what it should watch for", static () => new WatchedForLess()),
        new("EdgeSwallowed", "V11", "epoll loses reports", static () => new EdgeSwallowed()),
        new("EndSwallowed", "V11", "a FIN is told as EAGAIN", static () => new EndSwallowed()),
        new("DataHidden", "V11", "a read answers EAGAIN, and bytes are there", static () => new DataHidden()),
        new("FinNotSent", "V11", "shutdown sends nothing", static () => new FinNotSent()),
        new("WakesForNothing", "V12", "no wait ever sleeps", static () => new WakesForNothing()),
        new("TurnHidden", "V13", "a turn passes that nobody sees", static () => new TurnHidden()),
        new("ClockAhead", "V14", "the clock jumps, and time does not", static () => new ClockAhead()),
        OfLoop("TimerOverslept", "V14", "the loop would sleep past its timers", static x => new TimerOverslept(x)),
        OfLoop("BytesMiscounted", "V16", "a byte too many is counted", static x => new BytesMiscounted(x)),
        OfLoop("EndForgotten", "V17", "a stream that has ended goes on", static x => new EndForgotten(x)),
        new("PauseHidden", "V18", "accept hides that descriptors ran out", static () => new PauseHidden()),
        new("OnlyInterruptions", "V19", "every wait is interrupted", static () => new OnlyInterruptions()),
        new("MemoryOfEarlierRuns", "V21", "a run depends on those before it", static () => new MemoryOfEarlierRuns())
        {
            Outlasts = true,
        },
        new("CommandInvented", "V22", "a drain that nobody asked for", static () => new CommandInvented()),
        new("UnacknowledgedWrong", "V23", "SIOCOUTQ counts wrong", static () => new UnacknowledgedWrong()),
        new("RefusalHidden", "V23", "a refused connect is told as made", static () => new RefusalHidden()),
    ];

    private static Canary OfLoop(
        string name,
        string check,
        string what,
        System.Func<Core.Loop.ILoopInspection, Core.Loop.ILoopInspection> show
    ) => new(name, check, what, static () => new NoLie()) { Show = show };
}

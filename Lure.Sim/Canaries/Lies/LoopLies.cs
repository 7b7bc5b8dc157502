using Lure.Core.Connections;
using Lure.Core.Loop;

namespace Lure.Sim.Canaries.Lies;

/// <summary>A pool that counts one block more than it gave out.</summary>
internal sealed class BlockMiscounted(ILoopInspection truth) : LyingInspection(truth)
{
    public override int BlocksInUse => base.BlocksInUse + 1;
}

/// <summary>Blocks that belong to the neighbour.</summary>
internal sealed class ForeignBlock(ILoopInspection truth) : LyingInspection(truth)
{
    public override int BlockOwner(int block) => base.BlockOwner(block) is not 0 and int owner ? owner + 1 : 0;
}

/// <summary>A counter of bytes that is one too high.</summary>
internal sealed class BytesMiscounted(ILoopInspection truth) : LyingInspection(truth)
{
    private LoopCounters _counters;

    public override ref readonly LoopCounters Counters
    {
        get
        {
            _counters = base.Counters;
            _counters.Up++;
            return ref _counters;
        }
    }
}

/// <summary>A session that has seen the end of a stream, and forgets it again.</summary>
internal sealed class EndForgotten(ILoopInspection truth) : LyingInspection(truth)
{
    public override bool TryInspect(int slot, out SessionView session)
    {
        bool live = base.TryInspect(slot, out session);
        // By the turn, not by how often somebody looked: a replay is not looked at as often as what it replays.
        if (Counters.Turns % 3 == 0)
        {
            session = session with { Flags = session.Flags & ~ConnectionFlags.Eof.On(Core.Kernel.Side.Client) };
        }

        return live;
    }
}

/// <summary>A loop that would sleep past its timers.</summary>
internal sealed class TimerOverslept(ILoopInspection truth) : LyingInspection(truth)
{
    public override long WakesAt => base.WakesAt == 0 ? 0 : long.MaxValue;
}

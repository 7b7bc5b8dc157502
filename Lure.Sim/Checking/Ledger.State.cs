using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Sim.Exhaustive;

namespace Lure.Sim.Checking;

/// <content>For who tells one state from another: what later checks depend on.</content>
internal sealed partial class Ledger
{
    /// <summary>Bytes from the other side that wait to be written to a side's descriptor.</summary>
    public long WaitingFor(int fd, Side side) => Find(fd, out _)?.Waiting(side.Other()) ?? 0;

    public void AddTo(ref StateHash hash)
    {
        foreach (SessionShadow session in _sessions)
        {
            hash.Add((ulong)session.Who);
            hash.Add((ulong)session.State);
            hash.Add(session.First is { } first ? 1 + (long)first : 0);
            hash.Add((ulong)session.Flags);
            hash.Add((long)session.ConnectError);
            hash.Add(session.CausedAt < 0 ? -1 : Now - session.CausedAt);
            hash.Add(Now - session.MovedAt);
            hash.Add(session.ConnectTimedOut, session.KeepsAlive, session.ResetRefused, session.Recorded);
            AddSide(session[Side.Client], ref hash);
            AddSide(session[Side.Server], ref hash);
        }
    }

    private void AddSide(SideShadow side, ref StateHash hash)
    {
        hash.Add(side.Read);
        hash.Add(side.Written);
        hash.Add((long)side.Error);
        hash.Add((long)side.LastError);
        hash.Add(side.Unacknowledged);
        hash.Add((long)side.ReadsInTurn);
        hash.Add(side.ReadInTurn);
        hash.Add(side.Finished, side.ReadOver, side.WriteOver, side.FinSent, side.Resets, side.ResetRefused);
        hash.Add(side.IsEmpty, side.IsStuffed, side.EndUnasked);
        hash.Add(side.Closed, side.DiedUnheard, side.TimedOut, side.Asked, side.Settled);
        hash.Add(side.Disturbances == _disturbances);
    }
}

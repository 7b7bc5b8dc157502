using Lure.Core.Loop;

namespace Lure.Sim.Canaries;

/// <summary>
/// What the checks see of a loop, falsified: for checks that only a broken loop could fail, since no
/// kernel can make a sound one do it. By default everything is shown as it is.
/// </summary>
internal abstract unsafe class LyingInspection(ILoopInspection truth) : ILoopInspection
{
    public int SlotsUsed => truth.SlotsUsed;

    public int ListenersUsed => truth.ListenersUsed;

    public int BlocksUsed => truth.BlocksUsed;

    public virtual long WakesAt => truth.WakesAt;

    public virtual ref readonly LoopCounters Counters => ref truth.Counters;

    public int Sessions => truth.Sessions;

    public int TimersArmed => truth.TimersArmed;

    public virtual int BlocksInUse => truth.BlocksInUse;

    public bool HasWork => truth.HasWork;

    public virtual bool TryInspect(int slot, out SessionView session) => truth.TryInspect(slot, out session);

    public ListenerView Listener(int index) => truth.Listener(index);

    public virtual int BlockOwner(int block) => truth.BlockOwner(block);

    public int PipesUsed => truth.PipesUsed;

    public int PipesOpen => truth.PipesOpen;

    public int PipesInUse => truth.PipesInUse;

    public virtual int PipeOwner(int pipe) => truth.PipeOwner(pipe);

    public (int ReadEnd, int WriteEnd) PipeEnds(int pipe) => truth.PipeEnds(pipe);

    public byte* BlockBytes(int block, out int length) => truth.BlockBytes(block, out length);

    public int BlockAt(byte* address) => truth.BlockAt(address);
}

using System.Threading;
using Lure.Analyzers;

namespace Lure.Linux.Kernel.Batches;

/// <summary>What one worker's batches came to: written by the worker, read by anyone.</summary>
[HotPath]
internal sealed class BatchCounters
{
    private long _enters;
    private long _operations;
    private long _incomplete;
    private int _refusal;

    /// <summary>Calls that ran a batch or a part of one.</summary>
    public long Enters => Volatile.Read(ref _enters);

    /// <summary>Operations that the ring answered.</summary>
    public long Operations => Volatile.Read(ref _operations);

    /// <summary>The self-check: operations that were not complete when the call that ran them returned.</summary>
    public long Incomplete => Volatile.Read(ref _incomplete);

    /// <summary>errno that ended the use of the ring, or kept it from being made; 0 for none.</summary>
    public int Refusal => Volatile.Read(ref _refusal);

    public void AddEnter() => Volatile.Write(ref _enters, _enters + 1);

    public void AddOperation() => Volatile.Write(ref _operations, _operations + 1);

    public void AddIncomplete(int count) => Volatile.Write(ref _incomplete, _incomplete + count);

    /// <summary>The ring is not used any more. The first reason stays.</summary>
    public void Refuse(int errno)
    {
        if (_refusal == 0)
        {
            Volatile.Write(ref _refusal, errno);
        }
    }
}

using System;

namespace Lure.Sim.Fencing;

/// <summary>
/// Counts what loops allocate, apart from the world they run in: on one thread the kernel that is made
/// up, the far ends and the checks allocate too, and they do it between two calls of the same turn.
/// </summary>
/// <remarks>
/// It only ever adds up a stretch that is the loop's own. So a turn may begin inside a call of another
/// loop's turn: that call has closed its stretch before.
/// </remarks>
internal sealed class AllocationFence
{
    private long _mark;
    private bool _within;

    /// <summary>By all loops so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>From here on a loop takes its turn.</summary>
    public void Enter() => Return(within: true);

    /// <summary>From here on something else runs.</summary>
    /// <returns>Whether a loop has run until here: it calls the kernel outside of its turns too.</returns>
    public bool Leave()
    {
        bool within = _within;
        if (within)
        {
            Bytes += GC.GetAllocatedBytesForCurrentThread() - _mark;
            _within = false;
        }

        return within;
    }

    /// <summary>Whoever has run before <see cref="Leave"/> goes on.</summary>
    public void Return(bool within)
    {
        _within = within;
        _mark = GC.GetAllocatedBytesForCurrentThread();
    }
}

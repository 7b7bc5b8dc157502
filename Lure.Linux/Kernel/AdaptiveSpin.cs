using System;
using Lure.Analyzers;

namespace Lure.Linux.Kernel;

/// <summary>Whether a worker looks for events for a while before it sleeps.</summary>
/// <remarks>
/// <para>
/// To sleep and be woken costs tens of microseconds of latency, and CPU as well; to look costs CPU
/// alone. So it looks as long as looking mostly finds something. A look in vain doubles the number of
/// waits that go without one, a look that found something halves it: where fewer than half of them
/// find anything the number grows to its bound, and what is spent in vain is next to nothing.
/// </para>
/// <para>
/// It counts waits and reads no clock. A rate of looks in a second was rejected: a worker without
/// anything to do would go on looking at it, and this one sleeps after a single look until it is woken.
/// </para>
/// </remarks>
[HotPath]
internal struct AdaptiveSpin
{
    /// <summary>Waits without a look at most: a busy worker tries again within milliseconds, and 1/256 of a look is what it pays.</summary>
    public const int PauseMax = 256;

    private readonly long _patience;
    private int _pause;
    private int _waitsLeft;

    /// <param name="patience">ns that one look lasts at most; 0 for never.</param>
    public AdaptiveSpin(long patience) => _patience = patience;

    /// <summary>A wait begins.</summary>
    /// <returns>ns to look before it sleeps; 0 for none.</returns>
    public long Begin()
    {
        if (_waitsLeft == 0)
        {
            return _patience;
        }

        _waitsLeft--;
        return 0;
    }

    /// <summary>A look came to its end by itself: one that a deadline cut short says nothing.</summary>
    /// <param name="found">Whether an event came meanwhile.</param>
    public void End(bool found)
    {
        _pause = found ? _pause / 2 : Math.Clamp(_pause * 2, 1, PauseMax);
        _waitsLeft = _pause;
    }
}

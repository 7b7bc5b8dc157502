namespace Lure.Sim.Running;

/// <summary>How much may happen before a run counts as one that never ends.</summary>
/// <param name="Turns">Of all workers together.</param>
/// <param name="RoundsPerWait">Things that happen while one loop waits.</param>
/// <param name="CallsPerTurn">Calls of one worker between two waits.</param>
internal readonly record struct Patience(int Turns, int RoundsPerWait, int CallsPerTurn)
{
    /// <summary>
    /// For whatever is drawn. Four workers that look once a millisecond for a place, while a session idles for a
    /// minute, take a quarter of these turns; peers that take megabytes byte by byte have as many rounds.
    /// </summary>
    public static Patience Full => new(1_000_000, 2_000_000, 200_000);
}

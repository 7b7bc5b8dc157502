using System.Globalization;
using System.Threading;

namespace Lure.Linux.Simulation;

/// <summary>
/// Notices a run that does not end: a loop that makes no call any more gives nobody in its simulation a chance to
/// stop it.
/// </summary>
/// <remarks>
/// What is counted is how often somebody looked in vain, not time: a process that was stopped, or a machine that
/// slept, has not looked meanwhile. Each place is written to by its own thread alone.
/// </remarks>
/// <param name="places">Threads that run something.</param>
internal sealed class StallWatch(int places)
{
    private readonly Place[] _places = new Place[places];

    /// <summary>A seed begins at a place.</summary>
    /// <param name="place">From 0 on.</param>
    /// <param name="seed">Which.</param>
    /// <param name="looksMax">Looks that may find it there.</param>
    public void Begin(int place, ulong seed, int looksMax) => Begin(ref _places[place], null, seed, looksMax);

    /// <summary>Something else begins at a place, to be called by its name.</summary>
    public void Begin(int place, string what, int looksMax) => Begin(ref _places[place], what, 0, looksMax);

    /// <summary>It has ended.</summary>
    public void End(int place) => Volatile.Write(ref _places[place].LooksMax, 0);

    /// <summary>Looks at all places.</summary>
    /// <returns>What was found too often, such as "seed 42"; null for nothing.</returns>
    public string? Look()
    {
        for (int i = 0; i < _places.Length; i++)
        {
            ref Place place = ref _places[i];
            int max = Volatile.Read(ref place.LooksMax);
            long begun = Volatile.Read(ref place.Begun);
            place.Looks = max > 0 && begun == place.Seen ? place.Looks + 1 : 0;
            place.Seen = begun;
            if (max > 0 && place.Looks >= max)
            {
                return place.What ?? string.Create(CultureInfo.InvariantCulture, $"seed {place.Seed}");
            }
        }

        return null;
    }

    private static void Begin(ref Place place, string? what, ulong seed, int looksMax)
    {
        (place.What, place.Seed) = (what, seed);
        Volatile.Write(ref place.LooksMax, looksMax);
        Volatile.Write(ref place.Begun, place.Begun + 1);
    }

    private struct Place
    {
        public string? What;
        public ulong Seed;
        public int LooksMax;
        public long Begun;

        // Of who looks.
        public long Seen;
        public int Looks;
    }
}

using System.Diagnostics;
using Lure.Linux.Kernel;

namespace Lure.Linux.Relay;

/// <summary>Where the randomness of a loop begins.</summary>
/// <remarks>
/// From the kernel itself (getrandom(2)): the runtime's RandomNumberGenerator loads OpenSSL, which
/// costs megabytes, and ends the process on a host that has none.
/// </remarks>
internal static unsafe class LoopSeed
{
    public static ulong Next()
    {
        ulong seed;
        bool given = Libc.GetRandom(&seed, sizeof(ulong), 0) == sizeof(ulong);

        // Only the choice of servers hangs on it: rather a guessable seed than no relay.
        return given ? seed : (ulong)Stopwatch.GetTimestamp();
    }
}

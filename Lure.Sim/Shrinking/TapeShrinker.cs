using System;
using Lure.Sim.Campaigns;
using Lure.Sim.Entropy;
using Lure.Sim.Scripts;

namespace Lure.Sim.Shrinking;

/// <summary>
/// Makes a tape that fails shorter and blanker: zero is the benign choice, so what is cut off or zeroed is
/// chaos that was not needed. For what a script cannot repeat.
/// </summary>
internal static class TapeShrinker
{
    private const int SpanMin = 8;

    /// <returns>Bytes that fail with the same check; those that were given when nothing could go.</returns>
    public static byte[] Shrink(SeedRun run, ReadOnlySpan<byte> tape, string check, int runsMax)
    {
        byte[] best = tape.ToArray();
        for (int size = best.Length / 2; size >= SpanMin && runsMax > 0; size /= 2)
        {
            while (best.Length > size && runsMax-- > 0 && Fails(run, best.AsSpan(0, best.Length - size), check))
            {
                best = best[..^size];
            }

            for (int start = 0; start + size <= best.Length && runsMax > 0; start += size)
            {
                Span<byte> span = best.AsSpan(start, size);
                if (!span.ContainsAnyExcept((byte)0))
                {
                    continue;
                }

                byte[] blanker = [.. best];
                blanker.AsSpan(start, size).Clear();
                runsMax--;
                best = Fails(run, blanker, check) ? blanker : best;
            }
        }

        return best;
    }

    private static bool Fails(SeedRun run, ReadOnlySpan<byte> tape, string check)
    {
        bool held = run.Run(new Tape(tape));
        return !held && FailureId.Of(run.Failure!) == check;
    }
}

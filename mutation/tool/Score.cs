using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lure.Mutation;

/// <summary>How many mutants of a part were noticed.</summary>
internal sealed record Score(int Killed, int TimedOut, int Crashed, int Survived, int Equivalent)
{
    /// <summary>Mutants that were tried, or that no test reaches.</summary>
    public int All => Killed + TimedOut + Crashed + Survived + Equivalent;

    /// <summary>Of those that a test could notice; 100 of none.</summary>
    public double Percent => All == Equivalent ? 100 : 100.0 * (Killed + TimedOut) / (All - Equivalent);

    public static Score Of(IEnumerable<Mutant> mutants, IReadOnlySet<Mutant> equivalents)
    {
        Mutant[] all = [.. mutants];
        return new Score(
            all.Count(mutant => mutant.IsKilled),
            all.Count(mutant => mutant.IsTimeout),
            all.Count(mutant => mutant.IsCrash),
            all.Count(mutant => mutant.IsSurvivor && !equivalents.Contains(mutant)),
            all.Count(mutant => mutant.IsSurvivor && equivalents.Contains(mutant))
        );
    }

    public static Score operator +(Score a, Score b) =>
        new(
            a.Killed + b.Killed,
            a.TimedOut + b.TimedOut,
            a.Crashed + b.Crashed,
            a.Survived + b.Survived,
            a.Equivalent + b.Equivalent
        );

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Killed, 6} {TimedOut, 7} {Crashed, 7} {Survived, 8} {Equivalent, 10} {(All == Equivalent ? "-" : Percent.ToString("F1", CultureInfo.InvariantCulture)), 7}"
        );
}

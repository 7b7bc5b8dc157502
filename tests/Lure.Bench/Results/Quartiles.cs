using System;
using System.Collections.Generic;
using System.Linq;

namespace Lure.Bench.Results;

/// <summary>The middle of a few samples and how far they spread.</summary>
internal readonly record struct Quartiles(double Lower, double Median, double Upper)
{
    /// <summary>Fewer have a middle but no spread, and are not shown.</summary>
    public const int SamplesMin = 3;

    /// <summary>With linear interpolation between samples. Those that are missing or not finite do not count.</summary>
    /// <returns>Null for too few samples.</returns>
    public static Quartiles? Of(IEnumerable<double?> samples)
    {
        double[] sorted = [.. samples.OfType<double>().Where(double.IsFinite).Order()];
        return sorted.Length < SamplesMin ? null : new Quartiles(At(sorted, 0.25), At(sorted, 0.5), At(sorted, 0.75));
    }

    private static double At(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)Math.Floor(place);
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (place - below));
    }
}

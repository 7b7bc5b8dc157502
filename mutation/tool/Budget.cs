using System;

namespace Lure.Mutation;

/// <summary>How much of a roof is tried in a time, on two cores. A run begins with a build, and with all tests of the roof once.</summary>
internal static class Budget
{
    private const double MinutesToBegin = 1.7;
    private const int LinesPerMinute = 110;
    private const int LinesLeast = 40;

    public static int LinesIn(TimeSpan time) =>
        Math.Max(LinesLeast, (int)((time.TotalMinutes - MinutesToBegin) * LinesPerMinute));
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lure.Mutation;

/// <summary>How much of a roof is tried in a time, on two cores. A run begins with a build, and with all tests of the roof once.</summary>
internal static class Budget
{
    private const double MinutesToBegin = 1.7;
    private const int LinesPerMinute = 110;
    private const int LinesLeast = 40;

    public static int LinesIn(TimeSpan time) =>
        Math.Max(LinesLeast, (int)((time.TotalMinutes - MinutesToBegin) * LinesPerMinute));

    /// <returns>The first files of the sample that fit, at least one.</returns>
    public static IReadOnlyList<string> SampleIn(TimeSpan time, string root, Roof roof)
    {
        int left = LinesIn(time);
        List<string> files = [];
        foreach (string file in roof.Sample)
        {
            left -= File.ReadLines(Path.Combine(root, roof.Folder, file)).Count();
            if (left < 0 && files.Count > 0)
            {
                break;
            }

            files.Add(file);
        }

        return files;
    }
}

using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lure.Mutation;

/// <summary>A standing score may rise, and does not fall.</summary>
internal static class Ratchet
{
    /// <summary>Percent of each part of the loop and of the state machine, where a mistake costs a peer its bytes.</summary>
    private const double InTheLoop = 95;

    private static readonly (string Roof, string[] Folders) s_loop = ("core", ["Loop", "Connections"]);

    /// <returns>
    /// A line for each score that is too low, and for a floor that is: it is held in whole percents, for a few mutants end by
    /// a clock and not each time. A roof has no score while a part of it was not measured.
    /// </returns>
    public static IEnumerable<string> Wrong(string root, Roof roof)
    {
        Standing standing = Standing.Read(root);
        if (standing.CommitsOf(roof).Count == 0)
        {
            yield return $"{roof.Name}: mutation/scores.txt has no score of it";
        }

        IReadOnlyList<Part> parts = roof.Split(root);
        double floor = roof.Floor(root);
        if (standing.Whole(roof, parts) is { } whole)
        {
            if (whole.Percent < floor)
            {
                yield return Line(roof.Name, whole, floor);
            }
            else if (whole.Percent >= floor + 1)
            {
                yield return $"{roof.Name}: raise thresholds.high in mutation/{roof.Configuration} to {(int)whole.Percent}";
            }
        }

        foreach (Part part in parts.Where(part => IsOfLoop(roof, part)))
        {
            if (standing.ScoreOf(roof, part) is { } score && score.Percent < InTheLoop)
            {
                yield return Line($"{roof.Name} {part.Name}", score, InTheLoop);
            }
        }
    }

    private static bool IsOfLoop(Roof roof, Part part) =>
        roof.Name == s_loop.Roof && s_loop.Folders.Contains(part.Name.Split('-')[0]);

    private static string Line(string what, Score score, double least) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: the standing score is {score.Percent:F1} %, below {least} %"
        );
}

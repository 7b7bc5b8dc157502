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

    /// <returns>A line for each score that is too low. A roof has none while a part of it was not measured.</returns>
    public static IEnumerable<string> Fallen(string root, Roof roof)
    {
        Standing standing = Standing.Read(root);
        IReadOnlyList<Part> parts = roof.Split(root);
        if (standing.Whole(roof, parts) is { } whole && whole.Percent < roof.Floor(root))
        {
            yield return Line(roof.Name, whole, roof.Floor(root));
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

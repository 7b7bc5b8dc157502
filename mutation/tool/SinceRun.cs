using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lure.Mutation;

/// <summary>Tries what has changed since the commits of the standing scores, in the time that a build has for it.</summary>
internal static class SinceRun
{
    // Reckoned on two cores; a slower or busier machine is given more before it counts as stuck.
    private const int Slowness = 3;

    /// <param name="root">The checkout.</param>
    /// <param name="time">For all roofs together: those under which there is something to try have equal shares.</param>
    public static int Run(string root, TimeSpan time)
    {
        Due[] roofs = [.. Roof.All.Select(roof => Due.Of(root, roof))];
        TimeSpan share = time / Math.Max(1, roofs.Count(due => due.IsAny));
        return roofs.Max(due => Run(root, due, share));
    }

    private static int Run(string root, Due due, TimeSpan share)
    {
        Roof roof = due.Roof;
        IReadOnlyList<string> patterns = due.Patterns(root, share, out string what);
        Console.WriteLine($"{roof.Name}: {what}");
        if (patterns.Count == 0)
        {
            return 0;
        }

        string output = Path.Combine(root, "artifacts", "mutation", roof.Name, "since");
        IReadOnlyList<Mutant> mutants = Stryker.Run(root, roof, patterns, output, Slowness * share);
        IReadOnlySet<Mutant> listed = Equivalents.Read(root).Among(mutants);
        Score score = Score.Of(mutants, listed);
        foreach (Mutant mutant in mutants.Where(mutant => mutant.IsSurvivor && !listed.Contains(mutant)))
        {
            Console.WriteLine($"survives: {mutant}");
        }

        double threshold = due.AtLeast(root);
        Console.WriteLine($"{roof.Name}: {score.Percent:F1} % of {score.All} mutants, at least {threshold:F1} %");
        if (score.All == 0)
        {
            Console.Error.WriteLine($"{roof.Name}: something has changed and no mutant was tried");
            return 1;
        }

        return score.Percent < threshold ? 1 : 0;
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lure.Mutation;

/// <summary>Tries what has changed since the commit of the standing score, in the time that a build has for it.</summary>
internal static class SinceRun
{
    /// <param name="root">The checkout.</param>
    /// <param name="limit">For each roof: most changes are under one alone.</param>
    public static int Run(string root, TimeSpan limit) => Roof.All.Max(roof => Run(root, roof, limit));

    private static int Run(string root, Roof roof, TimeSpan limit)
    {
        IReadOnlyList<string> patterns = Choose(root, roof, out string what);
        Console.WriteLine($"{roof.Name}: {what}");
        if (patterns.Count == 0)
        {
            return 0;
        }

        string output = Path.Combine(root, "artifacts", "mutation", roof.Name, "since");
        IReadOnlyList<Mutant> mutants = Stryker.Run(root, roof, patterns, output, limit);
        IReadOnlySet<Mutant> listed = Equivalents.Read(root).Among(mutants);
        Score score = Score.Of(mutants, listed);
        foreach (Mutant mutant in mutants.Where(mutant => mutant.IsSurvivor && !listed.Contains(mutant)))
        {
            Console.WriteLine($"survives: {mutant}");
        }

        double threshold = roof.Threshold(root);
        Console.WriteLine($"{roof.Name}: {score.Percent:F1} % of {score.All} mutants, at least {threshold:F1} %");
        if (score.All == 0)
        {
            Console.Error.WriteLine($"{roof.Name}: something has changed and no mutant was tried");
            return 1;
        }

        return score.Percent < threshold ? 1 : 0;
    }

    private static IReadOnlyList<string> Choose(string root, Roof roof, out string what)
    {
        Standing standing = Standing.Read(root);
        Dictionary<string, string> bases = [];
        foreach (Part part in roof.Split(root))
        {
            if (standing.CommitOf(roof, part) is { } commit)
            {
                bases.Add(part.Name, commit);
            }
        }

        if (bases.Count == 0)
        {
            what = "it has no standing score: nothing can have fallen below it";
            return [];
        }

        if (bases.Values.Distinct().FirstOrDefault(commit => !Git.Has(root, commit)) is { } missing)
        {
            what = $"commit {missing} is not in this clone: a sample";
            return [.. roof.Sample.Select(file => $"**/{file}")];
        }

        IReadOnlyList<string> patterns = Changes.Patterns(
            root,
            roof,
            bases.GetValueOrDefault,
            out int lines,
            out int tried
        );
        bool areTestsChanged = bases.Values.Distinct().Any(commit => Git.Changed(root, commit, roof.Tests).Length > 0);
        what =
            lines > 0 ? $"{tried} of {lines} lines in members that have changed"
            : areTestsChanged ? "only tests have changed: a sample"
            : "nothing has changed";
        return lines > 0 || !areTestsChanged ? patterns : [.. roof.Sample.Select(file => $"**/{file}")];
    }
}

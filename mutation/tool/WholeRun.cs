using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lure.Mutation;

/// <summary>Measures a roof part by part; parts that are done at this commit are not done again.</summary>
internal static class WholeRun
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(30);

    public static int Run(string root, Roof roof, string[] names)
    {
        IReadOnlyList<Part> parts = roof.Split(root);
        if (names.FirstOrDefault(name => parts.All(part => part.Name != name)) is { } unknown)
        {
            throw new MutationException(
                $"{roof.Name} has no part {unknown}: {string.Join(' ', parts.Select(p => p.Name))}"
            );
        }

        // But for the scores, which a run that was stopped has written for the parts that it had done.
        if (!Git.IsClean(root, [roof.Folder, .. roof.Judges, "mutation", ":!mutation/scores.txt"]))
        {
            throw new MutationException("what is measured has to be a commit: commit first");
        }

        string commit = Git.Head(root);
        Equivalents equivalents = Equivalents.Read(root);
        foreach (Part part in parts.Where(part => names.Length == 0 || names.Contains(part.Name)))
        {
            Measure(root, roof, part, commit, equivalents);
        }

        Standing standing = Standing.Read(root);
        if (standing.Whole(roof, parts) is not { } whole)
        {
            return 0;
        }

        Equivalents.CheckShare(whole);
        string[] wrong = [.. Ratchet.Wrong(root, roof)];
        foreach (string line in wrong)
        {
            Console.Error.WriteLine(line);
        }

        return wrong.Length == 0 ? 0 : 1;
    }

    private static void Measure(string root, Roof roof, Part part, string commit, Equivalents equivalents)
    {
        string output = Path.Combine(root, "artifacts", "mutation", roof.Name, part.Name);
        string stamp = Path.Combine(output, "commit");
        string report = Path.Combine(output, "reports", "mutation-report.json");
        bool isDone = File.Exists(stamp) && File.ReadAllText(stamp) == commit;
        IReadOnlyList<Mutant> mutants = isDone
            ? Report.Read(report, roof.Folder)
            : Stryker.Run(root, roof, part.Files.Select(file => $"**/{file}"), output, s_limit);
        File.WriteAllText(stamp, commit);

        IReadOnlySet<Mutant> listed = equivalents.Among(mutants);
        Score score = Score.Of(mutants, listed);
        foreach (Mutant mutant in mutants.Where(mutant => mutant.IsSurvivor && !listed.Contains(mutant)))
        {
            Console.WriteLine($"survives: {mutant}");
        }

        Console.WriteLine($"{roof.Name} {part.Name}: {score}");
        // Read anew: another run may have written meanwhile.
        Standing standing = Standing.Read(root);
        if (score.All == 0 && standing.ScoreOf(roof, part) is { All: > 0 })
        {
            throw new MutationException($"{roof.Name} {part.Name}: it had mutants, and none was made now");
        }

        standing.Keep(roof, roof.Split(root));
        standing.Set(roof, part, score, commit);
        standing.Write(root);
    }
}

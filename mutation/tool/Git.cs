using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace Lure.Mutation;

/// <summary>What the history of the checkout says.</summary>
internal static partial class Git
{
    public static string Head(string root) => Ask(root, "rev-parse", "HEAD").Trim();

    public static bool Has(string root, string commit) =>
        Command.Run(root, "git", ["cat-file", "-e", $"{commit}^{{commit}}"]).Status == 0;

    /// <summary>The last commit that all of them stand on: of a history in one line the first of them.</summary>
    public static string Base(string root, IEnumerable<string> commits) =>
        Ask(root, ["merge-base", "--octopus", .. commits]).Trim();

    public static bool IsClean(string root, params string[] folders) =>
        Ask(root, ["status", "--porcelain", "--", .. folders]).Length == 0;

    /// <summary>Files that differ from a commit, those that are gone or not added yet included.</summary>
    public static string[] Changed(string root, string commit, params string[] folders) =>
        [
            .. AskLines(root, ["diff", "--name-only", commit, "--", .. folders]),
            .. AskLines(root, ["ls-files", "--others", "--exclude-standard", "--", .. folders]),
        ];

    /// <summary>Lines of a file that differ from a commit, from 1 on; where some were taken out, those around the place.</summary>
    /// <returns>One range without an end for a file that is not added yet, which a diff leaves out.</returns>
    public static IReadOnlyList<(int First, int Last)> Lines(string root, string commit, string file)
    {
        if (Ask(root, "ls-files", "--", file).Length == 0)
        {
            return [(1, int.MaxValue)];
        }

        List<(int, int)> lines = [];
        foreach (Match hunk in Hunk().Matches(Ask(root, "diff", "--unified=0", commit, "--", file)))
        {
            int first = int.Parse(hunk.Groups[1].Value, CultureInfo.InvariantCulture);
            int count = hunk.Groups[2].Success ? int.Parse(hunk.Groups[2].Value, CultureInfo.InvariantCulture) : 1;
            lines.Add(count == 0 ? (Math.Max(first, 1), first + 1) : (first, first + count - 1));
        }

        return lines;
    }

    private static string[] AskLines(string root, string[] arguments) =>
        Ask(root, arguments).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Ask(string root, params string[] arguments)
    {
        (int status, string output) = Command.Run(root, "git", arguments);
        return status == 0 ? output : throw new MutationException($"git {arguments.First()}: {output}");
    }

    [GeneratedRegex(@"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", RegexOptions.Multiline)]
    private static partial Regex Hunk();
}

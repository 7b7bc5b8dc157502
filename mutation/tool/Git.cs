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

    public static bool IsClean(string root, params string[] folders) =>
        Ask(root, ["status", "--porcelain", "--", .. folders]).Length == 0;

    /// <summary>Files that differ from a commit, those that are gone included.</summary>
    public static string[] Changed(string root, string commit, params string[] folders) =>
        Ask(root, ["diff", "--name-only", commit, "--", .. folders]).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Lines of a file that differ from a commit, from 1 on; where some were taken out, those around the place.</summary>
    public static IReadOnlyList<(int First, int Last)> Lines(string root, string commit, string file)
    {
        List<(int, int)> lines = [];
        foreach (Match hunk in Hunk().Matches(Ask(root, "diff", "--unified=0", commit, "--", file)))
        {
            int first = int.Parse(hunk.Groups[1].Value, CultureInfo.InvariantCulture);
            int count = hunk.Groups[2].Success ? int.Parse(hunk.Groups[2].Value, CultureInfo.InvariantCulture) : 1;
            lines.Add(count == 0 ? (Math.Max(first, 1), first + 1) : (first, first + count - 1));
        }

        return lines;
    }

    private static string Ask(string root, params string[] arguments)
    {
        (int status, string output) = Command.Run(root, "git", arguments);
        return status == 0 ? output : throw new MutationException($"git {arguments.First()}: {output}");
    }

    [GeneratedRegex(@"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", RegexOptions.Multiline)]
    private static partial Regex Hunk();
}

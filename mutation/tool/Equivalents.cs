using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lure.Mutation;

/// <summary>Mutants that no input can tell from the code, each with the argument why (mutation/equivalents.txt).</summary>
/// <remarks>
/// An entry is a line <c>FILE: `what stands there` -> `what is put there`</c> and the indented lines below it.
/// </remarks>
internal sealed class Equivalents
{
    private const double ShareMax = 0.05;

    private readonly List<(string File, string Original, string Replacement, string Why)> _entries = [];

    private Equivalents() { }

    public int Count => _entries.Count;

    public static Equivalents Read(string root)
    {
        Equivalents list = new();
        string path = Path.Combine(root, "mutation", "equivalents.txt");
        foreach (string line in File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#'))
        {
            list.Add(line);
        }

        return list;
    }

    /// <summary>Entries whose code is not there any more, or that give no reason.</summary>
    public IEnumerable<string> Stale(string root)
    {
        foreach ((string file, string original, string replacement, string why) in _entries)
        {
            string path = Path.Combine(root, file);
            bool there =
                File.Exists(path) && Mutant.Flat(File.ReadAllText(path)).Contains(original, StringComparison.Ordinal);
            if (!there || why.Length == 0)
            {
                yield return $"{file}: `{original}` -> `{replacement}`: {(there ? "no reason is given" : "is not there")}";
            }
        }
    }

    /// <summary>The survivors that are listed. One that was killed, or that is none, makes its entry wrong.</summary>
    /// <exception cref="MutationException">An entry is wrong, or too many mutants are listed.</exception>
    public IReadOnlySet<Mutant> Among(IReadOnlyCollection<Mutant> mutants)
    {
        HashSet<Mutant> found = [];
        foreach ((string file, string original, string replacement, _) in _entries)
        {
            Mutant[] same =
            [
                .. mutants.Where(mutant =>
                    !mutant.IsNone
                    && mutant.File == file
                    && mutant.Original == original
                    && mutant.Replacement == replacement
                ),
            ];
            if (same.Length > 0 && !same.Any(mutant => mutant.IsSurvivor))
            {
                throw new MutationException($"listed as equivalent, but killed: {same[0]}");
            }

            found.UnionWith(same.Where(mutant => mutant.IsSurvivor));
        }

        return found;
    }

    /// <exception cref="MutationException">More than one in twenty is listed.</exception>
    public static void CheckShare(Score whole)
    {
        if (whole.Equivalent > whole.All * ShareMax)
        {
            throw new MutationException(
                $"{whole.Equivalent} of {whole.All} mutants are listed as equivalent: over 5 %"
            );
        }
    }

    private void Add(string line)
    {
        if (char.IsWhiteSpace(line[0]))
        {
            (string file, string original, string replacement, string why) = _entries[^1];
            _entries[^1] = (file, original, replacement, $"{why} {line.Trim()}".Trim());
            return;
        }

        string[] pieces = line.Split('`');
        bool isEntry = pieces.Length == 5 && pieces[0].EndsWith(": ", StringComparison.Ordinal) && pieces[2] == " -> ";
        if (!isEntry)
        {
            throw new MutationException($"equivalents.txt: \"{line}\" is not FILE: `original` -> `replacement`");
        }

        _entries.Add((pieces[0][..^2], Mutant.Flat(pieces[1]), Mutant.Flat(pieces[3]), ""));
    }
}

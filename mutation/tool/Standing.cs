using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Lure.Mutation;

/// <summary>The standing score (mutation/scores.txt): what each part came to, and the commit at which it was measured.</summary>
internal sealed class Standing
{
    private const string Header =
        "roof       part                 killed timeout crashed survived equivalent   score  files     commit";

    private readonly SortedDictionary<(string Roof, string Part), Row> _rows = [];

    private Standing() { }

    public static string PathIn(string root) => Path.Combine(root, "mutation", "scores.txt");

    /// <exception cref="MutationException">A line above the sums is none of the table.</exception>
    public static Standing Read(string root)
    {
        Standing standing = new();
        if (!File.Exists(PathIn(root)))
        {
            return standing;
        }

        foreach (string line in File.ReadLines(PathIn(root)).Skip(1).TakeWhile(line => line.Length > 0))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length != 10 || !words[2..7].All(word => word.All(char.IsAsciiDigit)))
            {
                throw new MutationException($"mutation/scores.txt: no row of the table: {line}");
            }

            int[] counts = Array.ConvertAll(words[2..7], word => int.Parse(word, CultureInfo.InvariantCulture));
            Score score = new(counts[0], counts[1], counts[2], counts[3], counts[4]);
            standing._rows.Add((words[0], words[1]), new Row(score, words[8], words[9]));
        }

        return standing;
    }

    /// <summary>The commits at which its parts were measured, those of parts that are no more included.</summary>
    public IReadOnlyList<string> CommitsOf(Roof roof) =>
        [.. _rows.Where(row => row.Key.Roof == roof.Name).Select(row => row.Value.Commit).Distinct()];

    /// <summary>The commit at which a part was measured; null where it has not been, or had other files.</summary>
    public string? CommitOf(Roof roof, Part part) => Find(roof, part)?.Commit;

    /// <summary>What a part came to; null where it has not been measured, or had other files.</summary>
    public Score? ScoreOf(Roof roof, Part part) => Find(roof, part)?.Score;

    public void Set(Roof roof, Part part, Score score, string commit) =>
        _rows[(roof.Name, part.Name)] = new Row(score, part.Mark, commit);

    /// <summary>Drops rows of parts that are no more.</summary>
    public void Keep(Roof roof, IReadOnlyCollection<Part> parts)
    {
        foreach ((string Roof, string Part) row in _rows.Keys.Where(row => row.Roof == roof.Name).ToArray())
        {
            if (parts.All(part => part.Name != row.Part))
            {
                _rows.Remove(row);
            }
        }
    }

    /// <summary>Of a whole roof; null while a part of it has not been measured.</summary>
    public Score? Whole(Roof roof, IReadOnlyCollection<Part> parts)
    {
        Score?[] scores = [.. parts.Select(part => ScoreOf(roof, part))];
        return scores.Contains(null) ? null : scores.Aggregate((a, b) => a! + b!);
    }

    public void Write(string root, TextWriter? copy = null)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        text.WriteLine(Header);
        foreach (((string roof, string part), Row row) in _rows)
        {
            text.WriteLine($"{roof, -10} {part, -20} {row.Score}  {row.Files}  {row.Commit}");
        }

        text.WriteLine();
        foreach (Roof roof in Roof.All)
        {
            IReadOnlyList<Part> parts = roof.Split(root);
            string[] missing = [.. parts.Where(part => CommitOf(roof, part) is null).Select(part => part.Name)];
            Score? whole = Whole(roof, parts);
            text.WriteLine(
                whole is null
                    ? $"{roof.Name}: no score; not measured: {string.Join(' ', missing)}"
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"{roof.Name}: {whole.Percent:F1} % of {whole.All} mutants"
                    )
            );
        }

        File.WriteAllText(PathIn(root), text.ToString());
        copy?.Write(text);
    }

    // A piece of a folder keeps its name when a file goes over to the next one, but the score is not that of its files then.
    private Row? Find(Roof roof, Part part) =>
        _rows.TryGetValue((roof.Name, part.Name), out Row? row) && row.Files == part.Mark ? row : null;

    /// <param name="Score">What the part came to.</param>
    /// <param name="Files">The mark of the files that it had.</param>
    /// <param name="Commit">At which it was measured.</param>
    private sealed record Row(Score Score, string Files, string Commit);
}

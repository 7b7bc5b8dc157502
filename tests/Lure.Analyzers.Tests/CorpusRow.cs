using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Lure.Analyzers.Tests;

/// <summary>What the runtime counts for a row of the corpus, and whether the rules flag it.</summary>
internal enum Verdict
{
    /// <summary>Flagged, and allocates at each run.</summary>
    Allocates,

    /// <summary>Flagged, and allocates at the first run only.</summary>
    First,

    /// <summary>Flagged because the issue asks for it, although it allocates nothing here.</summary>
    Denied,

    /// <summary>Flagged although it allocates nothing: the price of never letting pass what does.</summary>
    Excess,

    /// <summary>Flagged, and not run.</summary>
    Unmeasured,

    /// <summary>Not flagged, and allocates nothing, not even at the first run.</summary>
    Innocent,

    /// <summary>Not flagged, and allocates nothing but what the runtime makes for itself at the first run, once.</summary>
    Warm,
}

/// <summary>A flag that the corpus asks for: an id and the text that it stands under.</summary>
internal sealed record ExpectedFlag(string Id, TextSpan Span);

/// <summary>
/// A row of the corpus: statements, and after a line <c>++</c> the types that they need. Flagged text stands in
/// <c>[|7: |]</c>, with the number of the rule.
/// </summary>
internal sealed record CorpusRow(string File, string Title, Verdict Verdict, string Code, string Types)
{
    private const string Folder = "tests/Lure.Analyzers.Tests/Corpus";

    public string Name => File + ": " + Title;

    public override string ToString() => Name;

    public static IReadOnlyList<CorpusRow> ReadAll() =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Repository.Root, Folder), "*.corpus")
                .Order(StringComparer.Ordinal)
                .SelectMany(Read),
        ];

    /// <summary>Its source inside a namespace of its own, and the flags at their places in it.</summary>
    public (string Source, IReadOnlyList<ExpectedFlag> Flags) Write(int number)
    {
        string name = "Row" + number.ToString(CultureInfo.InvariantCulture);
        return Strip(
            $"namespace {name} {{\n{Types}\npublic static unsafe class Row {{ [HotPath] public static void Run(int n) {{\n{Code}\n}} }} }}\n"
        );
    }

    private static IEnumerable<CorpusRow> Read(string path)
    {
        string[] parts = ("\n" + System.IO.File.ReadAllText(path)).Split("\n== ");
        foreach (string part in parts.Skip(1))
        {
            string[] lines = part.Split('\n');
            string[] head = lines[0].Split(' ', 2);
            string[] rest = string.Join('\n', lines.Skip(1)).Split("\n++\n");
            yield return new(
                Path.GetFileNameWithoutExtension(path),
                head[1],
                Enum.Parse<Verdict>(head[0], ignoreCase: true),
                rest[0],
                rest.ElementAtOrDefault(1) ?? ""
            );
        }
    }

    private static (string Source, IReadOnlyList<ExpectedFlag> Flags) Strip(string marked)
    {
        StringBuilder source = new();
        List<ExpectedFlag> flags = [];
        Stack<(string Id, int Start)> open = new();
        for (int i = 0; i < marked.Length; i++)
        {
            if (string.CompareOrdinal(marked, i, "[|", 0, 2) == 0)
            {
                int colon = marked.IndexOf(':', i);
                open.Push(("LURE" + marked[(i + 2)..colon].PadLeft(4, '0'), source.Length));
                i = colon;
            }
            else if (string.CompareOrdinal(marked, i, "|]", 0, 2) == 0)
            {
                (string id, int start) = open.Pop();
                flags.Add(new(id, TextSpan.FromBounds(start, source.Length)));
                i++;
            }
            else
            {
                source.Append(marked[i]);
            }
        }

        return (source.ToString(), flags);
    }
}

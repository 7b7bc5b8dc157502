using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lure.Mutation;

/// <summary>What to mutate of what has changed: whole members, for a change of one line can spoil the one below.</summary>
internal static class Changes
{
    private const int Indent = 4;

    /// <param name="root">The checkout.</param>
    /// <param name="roof">Whose files.</param>
    /// <param name="baseOf">The commit that a part is compared with.</param>
    public static IReadOnlyList<Member> Of(string root, Roof roof, Func<Part, string> baseOf)
    {
        List<Member> members = [];
        foreach (Part part in roof.Split(root))
        {
            foreach (string file in part.Files)
            {
                members.AddRange(MembersOf(root, $"{roof.Folder}/{file}", file, baseOf(part)));
            }
        }

        return members;
    }

    /// <summary>Every second, third, … of them, always the same ones, when they are too many.</summary>
    public static IReadOnlyList<Member> Thin(IReadOnlyList<Member> members, int linesMax)
    {
        int step = Math.Max(1, (LinesOf(members) + linesMax - 1) / linesMax);
        return [.. members.Where((_, i) => i % step == 0)];
    }

    public static int LinesOf(IEnumerable<Member> members) => members.Sum(member => member.Lines);

    /// <returns>Patterns for Stryker: a file and spans of characters.</returns>
    public static IReadOnlyList<string> Patterns(IEnumerable<Member> members) =>
        [
            .. members
                .GroupBy(member => member.File)
                .Select(group =>
                    $"**/{group.Key}" + string.Concat(group.Select(member => $"{{{member.From}..{member.To}}}"))
                ),
        ];

    private static IEnumerable<Member> MembersOf(string root, string path, string file, string commit)
    {
        string text = File.ReadAllText(Path.Combine(root, path));
        string[] lines = text.Split('\n');
        SortedSet<(int First, int Last)> ranges = [];
        foreach ((int first, int last) in Git.Lines(root, commit, path))
        {
            ranges.UnionWith(MembersIn(lines, first - 1, Math.Min(last, lines.Length) - 1));
        }

        foreach ((int first, int last) in ranges)
        {
            int from = lines[..first].Sum(line => line.Length + 1);
            int to = from + lines[first..(last + 1)].Sum(line => line.Length + 1);
            yield return new Member(file, Math.Min(from, text.Length), Math.Min(to, text.Length), last - first + 1);
        }
    }

    /// <summary>The members that a range touches, each by itself: a file that is new is one range.</summary>
    private static IEnumerable<(int First, int Last)> MembersIn(string[] lines, int first, int last)
    {
        for (int at = first; at <= last; at++)
        {
            if (!IsBorder(lines, at, below: at + 1))
            {
                (int First, int Last) member = Around(lines, at);
                yield return member;
                at = member.Last;
            }
        }
    }

    /// <summary>From one of the blank lines between members of a type that is not nested to the next.</summary>
    private static (int First, int Last) Around(string[] lines, int at)
    {
        int first = at;
        int last = at;
        while (first > 0 && !IsBorder(lines, first - 1, below: first))
        {
            first--;
        }

        while (last < lines.Length - 1 && !IsBorder(lines, last + 1, below: last + 2))
        {
            last++;
        }

        return (first, last);
    }

    private static bool IsBorder(string[] lines, int at, int below) =>
        lines[at].Trim().Length == 0
        && (below >= lines.Length || (IndentOf(lines[below]) <= Indent && !lines[below].TrimStart().StartsWith('}')));

    private static int IndentOf(string line) => line.Length - line.TrimStart().Length;
}

/// <summary>A member of a type, or some that stand together.</summary>
/// <param name="File">From the project's folder.</param>
/// <param name="From">The first character.</param>
/// <param name="To">The one behind the last.</param>
/// <param name="Lines">How many it has.</param>
internal sealed record Member(string File, int From, int To, int Lines);

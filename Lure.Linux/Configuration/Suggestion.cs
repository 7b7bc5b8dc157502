using System;
using System.Collections.Generic;

namespace Lure.Linux.Configuration;

/// <summary>What was probably meant by a word that is not known.</summary>
internal static class Suggestion
{
    /// <summary>Longer words are not compared: nobody mistypes them, and the table would grow with their square.</summary>
    private const int LengthMax = 64;

    /// <summary>The nearest known word, if a slip of the fingers explains the difference.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        string? nearest = null;
        int least = int.MaxValue;
        foreach (string candidate in known)
        {
            int distance = Distance(word, candidate);
            if (distance < least && distance <= Math.Max(1, Math.Min(word.Length, candidate.Length) / 3))
            {
                nearest = candidate;
                least = distance;
            }
        }

        return nearest;
    }

    /// <summary>A hint for a word that is not among the known ones; quoted as the user has to write it.</summary>
    public static string For(string word, IReadOnlyCollection<string> known, string listedAs) =>
        Nearest(word, known) is { } nearest
            ? $"did you mean \"{nearest}\"?"
            : $"{listedAs}: {string.Join(", ", known)}";

    /// <summary>
    /// Insertions, removals, changes and swaps of neighbours that lead from one word to the other,
    /// case ignored (optimal string alignment).
    /// </summary>
    private static int Distance(string a, string b)
    {
        if (a.Length > LengthMax || b.Length > LengthMax)
        {
            return int.MaxValue;
        }

        int[][] cost = new int[a.Length + 1][];
        for (int i = 0; i <= a.Length; i++)
        {
            cost[i] = new int[b.Length + 1];
            for (int j = 0; j <= b.Length; j++)
            {
                cost[i][j] = i == 0 || j == 0 ? i + j : Step(cost, a, b, i, j);
            }
        }

        return cost[a.Length][b.Length];
    }

    private static int Step(int[][] cost, string a, string b, int i, int j)
    {
        int change = cost[i - 1][j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
        int best = Math.Min(change, Math.Min(cost[i - 1][j], cost[i][j - 1]) + 1);
        bool swapped = i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]);
        return swapped ? Math.Min(best, cost[i - 2][j - 2] + 1) : best;
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}

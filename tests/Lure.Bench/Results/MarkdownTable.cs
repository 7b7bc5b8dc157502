using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lure.Bench.Results;

/// <summary>A Markdown table that is aligned for a terminal too.</summary>
/// <param name="header">The titles of its columns.</param>
internal sealed class MarkdownTable(params string[] header)
{
    private readonly List<string[]> _lines = [header, [.. header.Select(_ => "-")]];

    /// <param name="cells">As many as there are columns.</param>
    public void Add(params string[] cells) => _lines.Add(cells);

    public void Write(TextWriter output)
    {
        int[] widths = [.. header.Select((_, column) => _lines.Max(line => line[column].Length))];
        foreach (string[] line in _lines)
        {
            IEnumerable<string> cells = line.Select((cell, column) => Fill(cell, widths[column]));
            output.WriteLine($"| {string.Join(" | ", cells)} |");
        }
    }

    private static string Fill(string cell, int width) => cell == "-" ? new string('-', width) : cell.PadRight(width);
}

using System;
using System.Collections.Immutable;
using System.IO;
using Lure.Bench.Load;

namespace Lure.Bench.Results;

/// <summary>The part of a page of the documentation that is written by the bench.</summary>
internal static class ResultPage
{
    private const string Begin = "<!-- results: written by the bench, from here -->";
    private const string End = "<!-- results: to here -->";

    /// <param name="page">The whole page.</param>
    /// <param name="result">What it is to show.</param>
    /// <param name="charts">Names of charts.</param>
    /// <param name="folder">Where the charts are, beside the page.</param>
    /// <returns>The page with the new result between its marks.</returns>
    /// <exception cref="LoadException">The marks are missing.</exception>
    public static string Replace(string page, ComparisonResult result, ImmutableArray<string> charts, string folder)
    {
        int begin = page.IndexOf(Begin, StringComparison.Ordinal);
        int end = page.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new LoadException($"the page lacks its marks: {Begin} and {End}");
        }

        using StringWriter text = new() { NewLine = "\n" };
        Write(result, charts, folder, text);
        return $"{page[..begin]}{Begin}\n\n{text}\n{page[end..]}";
    }

    private static void Write(ComparisonResult result, ImmutableArray<string> charts, string folder, TextWriter output)
    {
        MarkdownTable facts = new("what", "which");
        foreach ((string name, string value) in ResultText.Facts(result))
        {
            facts.Add(name, value.Contains("--", StringComparison.Ordinal) ? $"`{value}`" : value);
        }

        facts.Write(output);
        output.WriteLine();
        SummaryTable.Write(result, output);
        output.WriteLine();
        foreach (string chart in charts)
        {
            output.WriteLine($"![{chart}]({folder}/{chart}.svg)");
            output.WriteLine();
        }

        ResultText.WriteNotes(result, output);
        output.WriteLine();
        output.WriteLine("<details><summary>Every figure of every relay</summary>");
        output.WriteLine();
        DetailTable.Write(result, output);
        output.WriteLine();
        output.WriteLine("</details>");
    }
}

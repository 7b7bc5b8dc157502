using System;
using System.Collections.Immutable;
using System.IO;
using Lure.Bench.Charts;
using Lure.Bench.Load;
using Lure.Bench.Relays;
using Lure.Bench.Results;

namespace Lure.Bench.Commands;

/// <summary>What becomes of a result: text on the terminal, files in a folder, the page in the documentation.</summary>
internal static class ResultOutput
{
    private const string PageFolder = "performance";

    public static void Print(ComparisonResult result, TextWriter output)
    {
        ResultText.WriteFacts(result, output);
        output.WriteLine();
        DetailTable.Write(result, output);
        output.WriteLine();
        SummaryTable.Write(result, output);
        output.WriteLine();
        ResultText.WriteNotes(result, output);
    }

    /// <param name="result">What to save.</param>
    /// <param name="folder">For the result and the charts; null for none.</param>
    /// <param name="document">Whether docs/performance.md is to show it.</param>
    /// <param name="output">Is told what was written.</param>
    /// <exception cref="LoadException">The page is to be written, and there is no checkout around this program.</exception>
    public static void Save(ComparisonResult result, string? folder, bool document, TextWriter output)
    {
        if (folder is not null)
        {
            _ = SaveFiles(result, folder, output);
        }

        if (document)
        {
            string docs = Path.Combine(
                Repository.Root ?? throw new LoadException($"no checkout around {AppContext.BaseDirectory}"),
                "docs"
            );
            ImmutableArray<string> charts = SaveFiles(result, Path.Combine(docs, PageFolder), output);
            string page = Path.Combine(docs, PageFolder + ".md");
            File.WriteAllText(page, ResultPage.Replace(File.ReadAllText(page), result, charts, PageFolder));
            output.WriteLine($"written: {page}");
        }
    }

    private static ImmutableArray<string> SaveFiles(ComparisonResult result, string folder, TextWriter output)
    {
        _ = Directory.CreateDirectory(folder);
        ResultFile.Save(result, Path.Combine(folder, ResultFile.Name));
        output.WriteLine($"written: {Path.Combine(folder, ResultFile.Name)}");
        ImmutableArray<string> charts = ChartSet.Save(result, folder);
        foreach (string chart in charts)
        {
            output.WriteLine($"written: {Path.Combine(folder, chart)}.png and .svg");
        }

        if (charts.IsEmpty)
        {
            output.WriteLine($"no charts: too few figures, or no font: apt-get install {ChartFont.Package}");
        }

        return charts;
    }
}

using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>A ban with a typing error bans nothing, and nobody would see it.</summary>
[TestFixture]
[Category("Long")]
internal sealed class BannedSymbolsTests
{
    private static readonly CSharpCompilation Runtime = Prelude.Compile("Runtime", []);

    private static IEnumerable<string> Bans() =>
        new[] { "BannedSymbols.txt", "Lure.Core/BannedSymbols.txt" }
            .SelectMany(static path => File.ReadLines(Path.Combine(Repository.Root, path)))
            .Where(static line => !line.StartsWith("//", System.StringComparison.Ordinal));

    [TestCaseSource(nameof(Bans))]
    public void NamesASymbolAndItsReplacement(string ban)
    {
        string[] parts = ban.Split(';');
        Assert.That(parts, Has.Length.EqualTo(2));
        Assert.That(parts[1], Is.Not.Empty);
        ISymbol? symbol = DocumentationCommentId.GetFirstSymbolForDeclarationId(parts[0], Runtime);
        Assert.That(symbol, Is.Not.Null);
    }
}

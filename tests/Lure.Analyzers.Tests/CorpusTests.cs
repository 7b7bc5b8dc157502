using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>Real sources with all their code taken as hot: the analyzer neither throws nor points nowhere.</summary>
[TestFixture]
[Category("Long")]
internal sealed class CorpusTests
{
    [TestCase("Lure.Core")]
    public async Task CodeThatCompiles(string folder)
    {
        CSharpCompilation compilation = Compile(folder);
        Assert.That(compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error), Is.Empty);
        await Judge(compilation).ConfigureAwait(false);
    }

    // Without the packages that these use, much of them does not bind: the state of code that is being typed.
    [TestCase("Lure.Analyzers")]
    [TestCase("Lure.Linux")]
    [TestCase("Lure.Sim")]
    [TestCase("tests")]
    public async Task CodeThatMayNotCompile(string folder) => await Judge(Compile(folder)).ConfigureAwait(false);

    private static async Task Judge(CSharpCompilation compilation)
    {
        ImmutableArray<Diagnostic> diagnostics = await Analyze(compilation).ConfigureAwait(false);
        Assert.That(
            diagnostics.Where(static d =>
                !d.Location.IsInSource || !d.Id.StartsWith("LURE", System.StringComparison.Ordinal)
            ),
            Is.Empty
        );
    }

    private static Task<ImmutableArray<Diagnostic>> Analyze(CSharpCompilation compilation) =>
        AnalysisRun.Of(
            compilation,
            new Dictionary<string, string>
            {
                ["lure_hot_path_everywhere"] = "true",
                ["build_property.LureDeterminism"] = "enable",
            }
        );

    private static CSharpCompilation Compile(string folder)
    {
        IEnumerable<SyntaxTree> trees = Repository
            .Sources(folder)
            .Where(static path => !path.Contains("/Attributes/", System.StringComparison.Ordinal))
            .Select(static path => Prelude.Parse(File.ReadAllText(path), path));
        return Prelude.Compile(folder, trees);
    }
}

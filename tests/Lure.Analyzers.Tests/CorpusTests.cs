using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>Real sources with all their code taken as hot: the analyzer neither throws nor points nowhere.</summary>
[TestFixture]
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

    [Test]
    public async Task TheOptionTakesAllCodeAsHot()
    {
        CSharpCompilation compilation = Prelude.Compile("Option", [Prelude.Parse(Prelude.Types)]);
        ImmutableArray<Diagnostic> hot = await Analyze(compilation).ConfigureAwait(false);
        // Record, List and Ints of Sink, and nothing of what is only declared or says that it is cold.
        Assert.That(hot.Count(static d => d.Id == "LURE0001"), Is.EqualTo(4));
    }

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

    private static Task<ImmutableArray<Diagnostic>> Analyze(CSharpCompilation compilation)
    {
        AnalyzerOptions options = new([], new Everywhere());
        return compilation
            .WithAnalyzers([new HotPathAnalyzer()], new CompilationWithAnalyzersOptions(options, null, true, false))
            .GetAnalyzerDiagnosticsAsync();
    }

    private static CSharpCompilation Compile(string folder)
    {
        IEnumerable<SyntaxTree> trees = Repository
            .Sources(folder)
            .Where(static path => !path.Contains("/Attributes/", System.StringComparison.Ordinal))
            .Select(static path => Prelude.Parse(File.ReadAllText(path), path));
        return Prelude.Compile(folder, trees);
    }

    private sealed class Everywhere : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Options : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = key == "lure_hot_path_everywhere" ? "true" : null;
            return value is not null;
        }
    }
}

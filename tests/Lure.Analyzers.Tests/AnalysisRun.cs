using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Lure.Analyzers.Tests;

/// <summary>A run of the analyzers with options and additional files, as a build makes it.</summary>
internal static class AnalysisRun
{
    public static Task<ImmutableArray<Diagnostic>> Of(
        CSharpCompilation compilation,
        IReadOnlyDictionary<string, string>? options = null,
        params (string Path, string? Text)[] files
    )
    {
        AnalyzerOptions analyzerOptions = new(
            [.. files.Select(static file => (AdditionalText)new MemoryText(file.Path, file.Text))],
            new GlobalOnly(options ?? new Dictionary<string, string>())
        );
        return compilation
            .WithAnalyzers(
                [new HotPathAnalyzer(), new DeterminismAnalyzer()],
                new CompilationWithAnalyzersOptions(analyzerOptions, null, true, false)
            )
            .GetAnalyzerDiagnosticsAsync();
    }

    public static Task<ImmutableArray<Diagnostic>> Of(
        string source,
        IReadOnlyDictionary<string, string>? options = null,
        params (string Path, string? Text)[] files
    ) => Of(Prelude.Compile("Analyzed", [Prelude.Parse(Prelude.Types + source)]), options, files);

    // One without a text fails who reads it.
    private sealed class MemoryText(string path, string? text) : AdditionalText
    {
        public override string Path { get; } = path;

        public override SourceText GetText(CancellationToken cancellationToken = default) =>
            text is null ? throw new System.IO.InvalidDataException(Path) : SourceText.From(text);
    }

    private sealed class GlobalOnly(IReadOnlyDictionary<string, string> options) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(options);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Options(IReadOnlyDictionary<string, string> options) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) =>
            options.TryGetValue(key, out value);
    }
}

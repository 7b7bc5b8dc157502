using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>What a light bulb makes of a flagged expression.</summary>
[TestFixture]
[Category("Long")]
internal sealed class CodeFixTests
{
    [TestCase(
        "class C { [HotPath] int M() => N();\n    int N() => 1;\n}",
        "class C { [HotPath] int M() => N();\n    [HotPath]\n    int N() => 1;\n}"
    )]
    [TestCase(
        "class C { [HotPath] int M() => P;\n    // why\n    int P => 1;\n}",
        "class C { [HotPath] int M() => P;\n    // why\n    [HotPath]\n    int P => 1;\n}"
    )]
    [TestCase(
        "interface I { [HotPath] void M(); }\nclass C : I {\n    public void M() { }\n}",
        "interface I { [HotPath] void M(); }\nclass C : I {\n    [HotPath]\n    public void M() { }\n}"
    )]
    public Task MarksWhatIsCalled(string code, string expected) => Fixes(new MarkHotFix(), code, expected);

    [TestCase(
        "class C { [HotPath] void M(IList<int> a) { foreach (int x in a) Sink.Int += x; } }",
        "class C { [HotPath] void M(IList<int> a) { for (int i = 0; i < a.Count; i++) { int x = a[i]; Sink.Int += x; } } }"
    )]
    [TestCase(
        "class C { [HotPath] void M(IReadOnlyList<int> a, int i) { foreach (int x in a) { Sink.Int += x; } } }",
        "class C { [HotPath] void M(IReadOnlyList<int> a, int i) { for (int j = 0; j < a.Count; j++) { int x = a[j]; Sink.Int += x; } } }"
    )]
    public Task LoopsWithAnIndex(string code, string expected) => Fixes(new ForLoopFix(), code, expected);

    [TestCase("class C { [HotPath] void M(IEnumerable<int> a) { foreach (int x in a) { } } }")]
    [TestCase("class C { [HotPath] void M(IList<int> a) { foreach (int x in (a ?? a)) { } } }")]
    public Task LeavesOtherLoopsAlone(string code) => Fixes(new ForLoopFix(), code, null);

    [TestCase(
        "class C { [HotPath] void M() { int[] a = new int[4]; a[0] = 1; } }",
        "class C { [HotPath] void M() { Span<int> a = stackalloc int[4]; a[0] = 1; } }"
    )]
    [TestCase(
        "class C { [HotPath] void M() { var a = new[] { 1, 2 }; a[0] = 1; } }",
        "class C { [HotPath] void M() { Span<int> a = stackalloc int[] { 1, 2 }; a[0] = 1; } }"
    )]
    public Task TakesASpanOverTheStack(string code, string expected) => Fixes(new StackSpanFix(), code, expected);

    [TestCase("class C { [HotPath] void M() { string[] a = new string[4]; a[0] = null; } }")]
    [TestCase("class C { int[] _a; [HotPath] void M() { _a = new int[4]; } }")]
    public Task LeavesOtherArraysAlone(string code) => Fixes(new StackSpanFix(), code, null);

    private static async Task Fixes(CodeFixProvider provider, string code, string? expected)
    {
        using AdhocWorkspace workspace = new();
        Project project = workspace
            .AddProject("Fixed", LanguageNames.CSharp)
            .WithParseOptions(Prelude.ParseOptions)
            .WithCompilationOptions(Prelude.CompilationOptions)
            .WithMetadataReferences(Prelude.References);
        foreach ((string name, string text) in Prelude.Attributes)
        {
            project = project.AddDocument(name, SourceText.From(text)).Project;
        }

        Document document = project.AddDocument("Code.cs", SourceText.From(Prelude.Types + code));
        Diagnostic diagnostic = (await Flags(document).ConfigureAwait(false)).First(d =>
            provider.FixableDiagnosticIds.Contains(d.Id)
        );
        List<CodeAction> actions = [];
        CodeFixContext context = new(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None);
        await provider.RegisterCodeFixesAsync(context).ConfigureAwait(false);
        if (expected is null)
        {
            Assert.That(actions, Is.Empty);
            return;
        }

        ImmutableArray<CodeActionOperation> operations = await actions
            .Single()
            .GetOperationsAsync(CancellationToken.None)
            .ConfigureAwait(false);
        Document changed = operations
            .OfType<ApplyChangesOperation>()
            .Single()
            .ChangedSolution.GetDocument(document.Id)!;
        SyntaxNode root = (await changed.GetSyntaxRootAsync().ConfigureAwait(false))!;
        string fixedCode = Squeeze(root.ToFullString()[Prelude.Types.Length..]);
        Assert.That(
            fixedCode.Replace("Lure.Analyzers.HotPath", "HotPath").Replace("System.Span", "Span"),
            Is.EqualTo(Squeeze(expected))
        );
    }

    private static async Task<ImmutableArray<Diagnostic>> Flags(Document document)
    {
        Compilation compilation = (await document.Project.GetCompilationAsync().ConfigureAwait(false))!;
        return await compilation
            .WithAnalyzers(ImmutableArray.Create<DiagnosticAnalyzer>(new HotPathAnalyzer()))
            .GetAnalyzerDiagnosticsAsync()
            .ConfigureAwait(false);
    }

    // How a fix is laid out is the formatter's business.
    private static string Squeeze(string code) =>
        string.Join(' ', code.Split((char[]?)null, System.StringSplitOptions.RemoveEmptyEntries));
}

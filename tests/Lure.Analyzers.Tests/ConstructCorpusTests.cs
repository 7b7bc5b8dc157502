using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>
/// The corpus of constructs: each row is judged by the rules, with id, place and text, and run, with its allocated
/// bytes counted. What allocates is flagged; what the rules let pass allocates nothing.
/// </summary>
[TestFixture]
internal sealed class ConstructCorpusTests
{
    // Below 30 calls the runtime does not optimise a method; a later tier may move an object to the stack.
    private const int Runs = 5;

    private static readonly IReadOnlyList<CorpusRow> Rows = CorpusRow.ReadAll();

    private static readonly IEnumerable<CorpusRow> Measured = Rows.Where(static row =>
        row.Verdict != Verdict.Unmeasured
    );

    private readonly List<int> _starts = [];
    private readonly List<IReadOnlyList<ExpectedFlag>> _flags = [];
    private SourceText _source = null!;
    private ILookup<int, Diagnostic> _reported = null!;
    private CSharpCompilation _compilation = null!;
    private Lazy<Assembly> _assembly = null!;

    [OneTimeSetUp]
    public async Task JudgeAll()
    {
        StringBuilder source = new(Prelude.Types);
        for (int i = 0; i < Rows.Count; i++)
        {
            (string text, IReadOnlyList<ExpectedFlag> flags) = Rows[i].Write(i);
            _starts.Add(source.Length);
            _flags.Add(flags);
            source.Append(text);
        }

        SyntaxTree tree = Prelude.Parse(source.ToString(), "Corpus.cs");
        _source = await tree.GetTextAsync().ConfigureAwait(false);
        _compilation = Prelude.Compile("Corpus", [tree]);
        _assembly = new Lazy<Assembly>(Load);
        ImmutableArray<Diagnostic> diagnostics = await _compilation
            .WithAnalyzers([new HotPathAnalyzer()])
            .GetAnalyzerDiagnosticsAsync()
            .ConfigureAwait(false);
        _reported = diagnostics.ToLookup(IndexOf);
    }

    [Category("Long")]
    [TestCaseSource(nameof(Rows))]
    public void FlagsWhatIsMarked(CorpusRow row)
    {
        int index = Index(row);
        Assert.That(Reported(index), Is.EquivalentTo(Marked(index)));
        Assert.That(
            _flags[index].Count == 0,
            Is.EqualTo(row.Verdict is Verdict.Innocent or Verdict.Warm),
            "the verdict fits the marks"
        );
    }

    /// <summary>The same, as one case: for who changes the rules thousands of times, and asks each time.</summary>
    [Test]
    public void FlagsWhatIsMarkedInEveryRow() =>
        Assert.That(
            Enumerable
                .Range(0, Rows.Count)
                .Where(i => !Reported(i).Order().SequenceEqual(Marked(i).Order()))
                .Select(static i => Rows[i].Name),
            Is.Empty
        );

    [Category("Long")]
    [TestCaseSource(nameof(Measured))]
    public void CostsWhatTheRowSays(CorpusRow row)
    {
        Type type = _assembly.Value.GetType("Row" + Index(row).ToString(CultureInfo.InvariantCulture) + ".Row")!;
        Action<int> run = type.GetMethod("Run")!.CreateDelegate<Action<int>>();
        long first = BytesOf(run, 1);
        run(1);
        long later = BytesOf(run, Runs);
        Assert.That(later, row.Verdict == Verdict.Allocates ? Is.AtLeast(Runs * 24) : Is.Zero);
        if (row.Verdict is Verdict.First or Verdict.Innocent)
        {
            Assert.That(first, row.Verdict == Verdict.First ? Is.AtLeast(24) : Is.Zero, "at the first run");
        }
    }

    /// <summary>LURE_UPDATE=1 writes the file anew, to be read in the difference.</summary>
    [Test]
    public void MessagesAreAsApproved()
    {
        string path = Path.Combine(Repository.Root, "tests/Lure.Analyzers.Tests/Corpus/Messages.txt");
        IEnumerable<string> lines = Rows.SelectMany(
                (row, i) => _reported[i].OrderBy(static d => d.Location.SourceSpan.Start).ThenBy(static d => d.Id)
            )
            .Select(d =>
                Text(d.Location.SourceSpan) + "\n    " + d.Id + ": " + d.GetMessage(CultureInfo.InvariantCulture)
            )
            .Distinct();
        string text = string.Join('\n', lines) + "\n";
        if (Environment.GetEnvironmentVariable("LURE_UPDATE") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.That(text, Is.EqualTo(File.ReadAllText(path)));
    }

    [Test]
    public void NothingIsReportedOutsideOfTheRows() => Assert.That(_reported[-1], Is.Empty);

    private static long BytesOf(Action<int> run, int times)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < times; i++)
        {
            run(1);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private Assembly Load()
    {
        using MemoryStream image = new();
        EmitResult result = _compilation.Emit(image);
        Assert.That(
            result
                .Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error)
                .Select(d => RowOf(d) + ": " + d),
            Is.Empty
        );
        Assembly assembly = Assembly.Load(image.ToArray());
        System.Runtime.CompilerServices.RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
        return assembly;
    }

    private IEnumerable<string> Marked(int index) =>
        _flags[index]
            .Select(flag => Describe(flag.Id, new TextSpan(flag.Span.Start + _starts[index], flag.Span.Length)));

    private IEnumerable<string> Reported(int index) =>
        _reported[index].Select(d => Describe(d.Id, d.Location.SourceSpan));

    private static int Index(CorpusRow row) => Rows.ToList().IndexOf(row);

    private string RowOf(Diagnostic diagnostic) =>
        IndexOf(diagnostic) is >= 0 and int index ? Rows[index].Name : "prelude";

    private int IndexOf(Diagnostic diagnostic) =>
        _starts.FindLastIndex(start => start <= diagnostic.Location.SourceSpan.Start);

    private string Describe(string id, TextSpan span) =>
        id + " " + _source.Lines.GetLinePositionSpan(span) + " " + Text(span);

    private string Text(TextSpan span) =>
        string.Join(' ', _source.ToString(span).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>Every kind of operation that the compiler makes, whole and broken, with all code taken as hot.</summary>
[TestFixture]
[Category("Long")]
internal sealed class RobustnessTests
{
    private const int Breaks = 8;

    // What the corpus has no reason to hold: each kind of operation that is left, once.
    private const string Rest = """
        namespace Rest {
        public interface IStage { void Set(int a = 1); }
        public class Kinds {
            private int _field = 1; public int P { get; set; } = 2; public event Action E;
            public Kinds() : base() { }
            public void All(object o, int n, int[] a, string s, dynamic d, int p = 5) {
                ; { } again: if (n > 100) goto again; switch (n) { case 1: break; case > 5 and < 9: break; case 3 or 4: break; default: break; }
                switch (o) { case int i when i > 1: break; case not null: break; } E?.Invoke(); E += null; (int x, _) = (1, 2); _ = n; n = -n; n++; --n; n += 1; s ??= "x";
                int[,] grid = { { 1 } }; _ = grid[0, 0]; _ = a[^1]; _ = s[1..2]; _ = a is [1, .. var rest]; _ = o is string { Length: > 3 } t; _ = o is Kinds; _ = o as Kinds;
                Span<int> span = stackalloc int[2]; _ = span[..1]; ReadOnlySpan<byte> u = "x"u8; _ = nameof(n); _ = typeof(int); _ = sizeof(int); _ = default(int); _ = new { n };
                Func<int, int> f = m => m + n; _ = f(1); Action g = All2; int Local(int k) => k; _ = Local(1); _ = d.Foo; d.Foo(1); _ = d[1]; _ = new Kinds(d); All3(out int z); lock (o) { }
                try { throw new Exception(); } catch (Exception e) when (e is null) { } finally { } using (null as IDisposable) { } foreach (int i in a) { } for (; ; ) { break; } while (n > 3) { } do { } while (n > 3);
                _ = from i in a where i > 1 select i; _ = (1, 2) == (1, 2); _ = new Kinds { P = 1, _field = { } }; _ = new List<int> { 1, { 2 } }; int[] c = [1, .. a]; _ = $"{n}x{s,3:x}"; _ = n switch { 1 => 2, _ => 3 };
                _ = Sink.Record with { A = 1 }; _ = o?.ToString(); _ = n > 1 ? 1 : 2; _ = !(n > 1) || n < 2 && true; Index ix = ^1; Range r = 1..2; ref int q = ref n; delegate*<int> fp = &Sink.One; _ = fp(); Handled($"{n}" + $"x");
                unsafe { fixed (int* pin = a) { int* w = pin; w[0] = *w; TypedReference tr = __makeref(n); _ = __reftype(tr); __refvalue(tr, int) = 2; } } checked { n *= 2; } unchecked { n *= 2; } Four four = default; _ = four[0]; _ = four[..1]; Many(1, __arglist(1));
                static T New<T>() where T : new() => new T(); _ = New<Kinds>(); Set(); throw null;
            }
            public Kinds(object o) : this() { } private void All2() { } private static void All3(out int z) => z = 1; public void Set(int a = 1, params int[] b) { } public static void Many(int a, __arglist) { }
            public static void Handled(Handler h) { } ~Kinds() { } public static async System.Threading.Tasks.Task Go() { await System.Threading.Tasks.Task.Yield(); } public static IEnumerable<int> Walk() { yield return 1; yield break; }
        }
        [System.Runtime.CompilerServices.InlineArray(4)] public struct Four { private int _x; }
        [System.Runtime.CompilerServices.InterpolatedStringHandler] public ref struct Handler { public Handler(int a, int b) { } public void AppendLiteral(string s) { } public void AppendFormatted<T>(T t) { } }
        }
        """;

    // Visual Basic's, the flow graph's, and those that the compiler keeps to itself.
    private static readonly ImmutableHashSet<OperationKind> NotOfCSharp =
    [
        OperationKind.Stop,
        OperationKind.End,
        OperationKind.RaiseEvent,
        OperationKind.ReDim,
        OperationKind.ReDimClause,
        OperationKind.FlowCapture,
        OperationKind.FlowCaptureReference,
        OperationKind.IsNull,
        OperationKind.CaughtException,
        OperationKind.StaticLocalInitializationSemaphore,
        OperationKind.FlowAnonymousFunction,
        OperationKind.Parenthesized,
        Enum.Parse<OperationKind>("CollectionElementInitializer"), // obsolete
        OperationKind.OmittedArgument,
    ];

    private static readonly string Source = Write();

    [Test]
    public async Task EveryKindIsThere()
    {
        SyntaxTree tree = Prelude.Parse(Source + " class Bad { void M() { missing(; } [Missing(1 +)] int X; }");
        SemanticModel model = Prelude.Compile("Kinds", [tree]).GetSemanticModel(tree);
        SyntaxNode root = await tree.GetRootAsync().ConfigureAwait(false);
        HashSet<OperationKind> seen =
        [
            .. root.DescendantNodes()
                .Select(node => model.GetOperation(node))
                .OfType<IOperation>()
                .SelectMany(static operation => operation.DescendantsAndSelf())
                .Select(static operation => operation.Kind),
        ];
        IEnumerable<OperationKind> missing = Enum.GetValues<OperationKind>()
            .Distinct()
            .Where(kind => !seen.Contains(kind) && !NotOfCSharp.Contains(kind));
        // Errors in the handler of an interpolated string, and the placeholder of its arguments, need its misuse.
        Assert.That(
            missing,
            Is.SubsetOf(
                new[]
                {
                    OperationKind.InterpolatedStringAppendInvalid,
                    OperationKind.InterpolatedStringHandlerArgumentPlaceholder,
                }
            )
        );
    }

    [Test]
    public async Task EveryKindIsJudged() => await Judge(Prelude.Parse(Source)).ConfigureAwait(false);

    [Test]
    public async Task BrokenCodeIsJudged([Range(1, Breaks)] int seed)
    {
        Random random = new(seed);
        SyntaxTree tree = Prelude.Parse(Source);
        SyntaxNode root = await tree.GetRootAsync().ConfigureAwait(false);
        StringBuilder broken = new();
        foreach (SyntaxToken token in root.DescendantTokens())
        {
            // Outside of the members everything would fall apart and nothing be bound.
            bool isBody = token.Parent?.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>() is not null;
            int draw = isBody ? random.Next(60) : 60;
            _ = draw switch
            {
                0 => broken,
                1 => broken.Append(token.ToFullString()).Append(token.ToFullString()),
                _ => broken.Append(token.ToFullString()),
            };
        }

        await Judge(Prelude.Parse(broken.ToString())).ConfigureAwait(false);
    }

    private static async Task Judge(SyntaxTree tree)
    {
        Dictionary<string, string> everything = new()
        {
            ["lure_hot_path_everywhere"] = "true",
            ["build_property.LureDeterminism"] = "enable",
        };
        ImmutableArray<Diagnostic> diagnostics = await AnalysisRun
            .Of(Prelude.Compile("Kinds", [tree]), everything)
            .ConfigureAwait(false);
        Assert.That(
            diagnostics.Where(static d => !d.Location.IsInSource || !d.Id.StartsWith("LURE", StringComparison.Ordinal)),
            Is.Empty
        );
        Assert.That(diagnostics, Is.Not.Empty);
    }

    private static string Write()
    {
        StringBuilder source = new(Prelude.Types);
        IReadOnlyList<CorpusRow> rows = CorpusRow.ReadAll();
        for (int i = 0; i < rows.Count; i++)
        {
            source.Append(rows[i].Write(i).Source);
        }

        return source.Append(Rest).ToString();
    }
}

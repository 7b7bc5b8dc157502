using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>Static state, where one seed has to give the same run again.</summary>
[TestFixture]
internal sealed class DeterminismTests
{
    private static readonly Dictionary<string, string> Asked = new() { ["build_property.LureDeterminism"] = "enable" };

    private const string Own = "make it part of an object that is made for each run";

    [TestCase("static int [|X|];", "'X' can be written; " + Own + ", or make it readonly")]
    [TestCase("public static string [|X|] = null;", "'X' can be written; " + Own + ", or make it readonly")]
    [TestCase("[ThreadStatic] static int [|X|];", "'X' can be written; " + Own + ", or make it readonly")]
    [TestCase("static int [|P|] { get; set; }", "'P' can be set; " + Own)]
    [TestCase("static event Action [|E|];", "'E' keeps its subscribers; " + Own)]
    [TestCase(
        "static readonly int[] [|X|] = [1];",
        "'X' is an array, whose elements can be written; make it a property ReadOnlySpan<T> => [...]"
    )]
    [TestCase(
        "static readonly Dictionary<int, int> [|X|] = new();",
        "'X' is a collection that can be written; use a frozen or an immutable one"
    )]
    public async Task StaticStateIsReported(string member, string message)
    {
        string code = "class C { " + member + " }";
        int start = code.IndexOf("[|", System.StringComparison.Ordinal);
        int end = code.IndexOf("|]", System.StringComparison.Ordinal) - 2;
        Diagnostic reported = (
            await Judge(code.Replace("[|", "").Replace("|]", ""), Asked).ConfigureAwait(false)
        ).Single();
        Assert.That(reported.Id, Is.EqualTo("LURE0017"));
        Assert.That(reported.GetMessage(CultureInfo.InvariantCulture), Is.EqualTo("The static " + message));
        Assert.That(reported.Location.SourceSpan, Is.EqualTo(TextSpan.FromBounds(start, end)));
    }

    [TestCase("const int X = 1; static readonly int Y = 1; static readonly string Z = null;")]
    [TestCase("static int P => 1; static int Q { get; } = 1; int R { get; set; }")]
    [TestCase("int _x; event Action E; int[] _a;")]
    [TestCase("static readonly ImmutableArray<int> X = [1]; static ReadOnlySpan<int> Y => [1, 2];")]
    [TestCase("static event Action E { add { } remove { } } enum Way { Up }")]
    public async Task OtherMembersAreNot(string member) =>
        Assert.That(await Judge("class C { " + member + " }", Asked).ConfigureAwait(false), Is.Empty);

    [TestCase("build_property.LureDeterminism", "disable")]
    [TestCase("build_property.LureDeterminism", "")]
    [TestCase("build_property.Other", "enable")]
    public async Task OnlyWhoAsksIsHeldToIt(string option, string value) =>
        Assert.That(
            await Judge("class C { static int X; }", new Dictionary<string, string> { [option] = value })
                .ConfigureAwait(false),
            Is.Empty
        );

    [TestCase("static readonly System.Collections.ArrayList X = new();", 1)]
    [TestCase("static readonly System.Collections.Concurrent.ConcurrentBag<int> X = new();", 1)]
    [TestCase("static readonly Own.Generic.Registry X = new();", 0)]
    [TestCase("static readonly IReadOnlyList<int> X = [1];", 0)]
    [TestCase("static readonly Comparer<int> X = Comparer<int>.Default;", 0)]
    public async Task CollectionsAreKnownByTheirNamespaces(string member, int reports) =>
        Assert.That(
            await Judge("class C { " + member + " } namespace Own.Generic { class Registry { } }", Asked)
                .ConfigureAwait(false),
            Has.Exactly(reports).Items
        );

    private static async Task<ImmutableArray<Diagnostic>> Judge(string code, Dictionary<string, string> options) =>
        await AnalysisRun
            .Of(
                Prelude.Compile(
                    "Determinism",
                    [Prelude.Parse(code), Prelude.Parse(Prelude.Usings.Replace("using ", "global using "))]
                ),
                options
            )
            .ConfigureAwait(false);
}

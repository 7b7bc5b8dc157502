using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>The doors out of the hot path, and what is none.</summary>
[TestFixture]
internal sealed class DoorTests
{
    private const string Suppression = "LURE0016 [ColdPath] is the door; a suppression gives no reason and no bound";

    [TestCase("class C { [ColdPath([|Sink.Empty|], 1)] void M() { } }")]
    [TestCase("class C { [ColdPath([|Sink.Blank|], 1)] void M() { } }")]
    [TestCase("class C { [ColdPath(perTurnMax: 1, [|reason: null|])] void M() { } }")]
    [TestCase("class C { void M() { [ColdPath([|Sink.Empty|], 1)] void L() { } L(); } }")]
    public Task ADoorNeedsAReason(string source) =>
        HotCode.Reports(source, "LURE0016 [ColdPath] needs a reason: why need this not be hot?");

    [TestCase("class C { [ColdPath(nameof(C), [|-1|])] void M() { } }")]
    [TestCase("class C { [ColdPath(nameof(C), [|perTurnMax: int.MinValue|])] void M() { } }")]
    public Task ADoorNeedsABound(string source) =>
        HotCode.Reports(source, "LURE0016 [ColdPath] needs a bound: how often may one turn run this? 0 for never");

    [Test]
    public Task APragmaIsNoDoor() =>
        HotCode.ReportsThings(
            "#pragma warning disable LURE0001\nclass C { [HotPath] object M() => [|new Thing()|]; }",
            1
        );

    [Test]
    public Task ASuppressionIsNoDoorAndIsReportedItself() =>
        HotCode.Reports(
            "[SuppressMessage(\"HotPath\", [|\"LURE0001\"|])] [SuppressMessage(\"HotPath\", [|\"LURE0016:door\"|])] class C { [HotPath] object M() => [|new Thing()|]; }",
            Suppression,
            Suppression,
            "an object 'Thing'; make it a struct, or take it from a pool that is filled at start"
        );

    /// <summary>For all the assembly at once, as a file GlobalSuppressions.cs does it.</summary>
    [Test]
    public async Task ASuppressionOfTheWholeAssemblyIsNone()
    {
        const string Code =
            "[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"HotPath\", \"LURE0016\")]\n"
            + "[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"HotPath\", \"LURE0001\", Scope = \"module\")]\n"
            + "class C { [Lure.Analyzers.HotPath] object M() => new object(); }";
        var reported = await AnalysisRun.Of(Prelude.Compile("Suppressed", [Prelude.Parse(Code)])).ConfigureAwait(false);
        Assert.That(
            reported.Where(static d => !d.IsSuppressed).Select(static d => d.Id),
            Is.EquivalentTo(new[] { "LURE0001", "LURE0016", "LURE0016" })
        );
    }

    [Test]
    public Task OtherSuppressionsAreNobodysBusiness() =>
        HotCode.Reports("[SuppressMessage(\"Design\", \"CA1000\")] class C { }");

    /// <summary>Bodies are judged on many threads, and the doors of another assembly have no place in the code.</summary>
    [Test]
    public async Task DoorsThatAreTakenTooOftenAreReportedInTheOrderOfTheCode()
    {
        CSharpCompilation library = Prelude.Compile(
            "Library",
            [Prelude.Parse(Prelude.Usings + "public static class Library { " + Doors("Zeroth", "Last") + " }")]
        );
        string one =
            "public static class A { [HotPath] static void A1() { B.Two(); B.Two(); A.Two(); A.Two(); A.One(); A.One(); } "
            + Doors("One", "Two")
            + " [HotPath] static void A2() { A.One(); A.One(); Library.Zeroth(); Library.Zeroth(); } }";
        string other =
            "public static class B { "
            + Doors("One", "Two")
            + " [HotPath] static void B1() { A.One(); A.One(); Library.Last(); Library.Last(); } }";
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Ordered",
            [Prelude.Parse(Prelude.Usings + other, "b.cs"), Prelude.Parse(Prelude.Usings + one, "a.cs")],
            [.. Prelude.References, Image(library)],
            Prelude.CompilationOptions
        );

        var reported = await AnalysisRun.Of(compilation).ConfigureAwait(false);
        Assert.That(
            reported.Select(static d =>
                d.Location.SourceTree!.FilePath + " " + d.Location.SourceTree.GetText().ToString(d.Location.SourceSpan)
            ),
            Is.EqualTo(
                new[]
                {
                    "b.cs Library.Last()",
                    "a.cs Library.Zeroth()",
                    "a.cs A.One()",
                    "a.cs A.One()",
                    "b.cs A.One()",
                    "a.cs A.Two()",
                    "a.cs B.Two()",
                }
            )
        );
    }

    /// <summary>The contract says nothing of the door, so a call of it is followed although its code is elsewhere.</summary>
    [Test]
    public async Task ADoorBehindAContractOfAnotherProjectIsCounted()
    {
        CSharpCompilation library = Prelude.Compile(
            "Library",
            [Prelude.Parse(Prelude.Usings + "[HotPath] public interface IHandler { void Handle(); }")]
        );
        const string Code = """
            public struct Handler : IHandler { public int X; [ColdPath("rare", 1)] public void Handle() { } }
            public static class Loop { [HotPath] static void Run<T>(T t) where T : struct, IHandler { for (;;) t.Handle(); } }
            """;
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Application",
            [Prelude.Parse(Prelude.Usings + Code)],
            [.. Prelude.References, Image(library)],
            Prelude.CompilationOptions
        );

        var reported = await AnalysisRun.Of(compilation).ConfigureAwait(false);
        Assert.That(reported.Select(static d => d.Id), Is.EqualTo(new[] { "LURE0019" }));
    }

    [Test]
    public async Task AConfigurationIsNoDoor()
    {
        Dictionary<string, ReportDiagnostic> none = new() { ["LURE0001"] = ReportDiagnostic.Suppress };
        CSharpCompilation compilation = Prelude.Compile(
            "Suppressed",
            [Prelude.Parse(Prelude.Types + "class C { [HotPath] object M() => new Thing(); }")]
        );
        var reported = await AnalysisRun
            .Of(compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(none)))
            .ConfigureAwait(false);
        Assert.That(reported.Select(static d => d.Id), Is.EqualTo(new[] { "LURE0001" }));
    }

    [Test]
    public async Task AProjectMaySayThatItHasNoHotPath()
    {
        var reported = await AnalysisRun
            .Of(
                "class C { [HotPath] object M() => new Thing(); }",
                new Dictionary<string, string> { ["build_property.LureHotPath"] = "disable" }
            )
            .ConfigureAwait(false);
        Assert.That(reported, Is.Empty);
    }

    private static string Doors(string one, string other) =>
        $"[ColdPath(\"rare\", 1)] public static void {one}() {{ }} [ColdPath(\"rare\", 1)] public static void {other}() {{ }}";

    private static PortableExecutableReference Image(CSharpCompilation library)
    {
        using System.IO.MemoryStream image = new();
        Assert.That(library.Emit(image).Success, Is.True);
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}

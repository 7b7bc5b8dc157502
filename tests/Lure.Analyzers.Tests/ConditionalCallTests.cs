using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>Calls that the compiler leaves out with their arguments, unless a symbol is defined where they stand.</summary>
[TestFixture]
internal sealed class ConditionalCallTests
{
    private const string Code = """
        class C
        {
            [System.Diagnostics.Conditional("ONE"), System.Diagnostics.Conditional("TWO")] static void Note(object o) { }
            [Lure.Analyzers.HotPath] static void M() => Note(new object());
        }
        """;

    [TestCase("")]
    [TestCase("#define OTHER\n")]
    [TestCase("#if OTHER\n#define ONE\n#endif\n")]
    [TestCase("#define ONE\n#undef ONE\n")]
    [TestCase("#undef ONE\n", "ONE")]
    [TestCase("#define ONE\n#define OTHER\n#undef ONE\n")]
    public async Task AreNotJudgedWithoutTheSymbol(string head, params string[] defined) =>
        Assert.That(await Judge(head, defined).ConfigureAwait(false), Is.Empty);

    [TestCase("", "ONE")]
    [TestCase("", "TWO")]
    [TestCase("#define ONE\n")]
    [TestCase("#define TWO\n")]
    [TestCase("#undef ONE\n#define ONE\n")]
    [TestCase("#define ONE\n#undef OTHER\n")]
    [TestCase("#define ONE\n#undef TWO\n")]
    [TestCase("#define ONE\n#if OTHER\n#undef ONE\n#endif\n")]
    [TestCase("#undef OTHER\n", "ONE")]
    public async Task AreJudgedWithIt(string head, params string[] defined) =>
        Assert.That(
            await Judge(head, defined).ConfigureAwait(false),
            Is.EquivalentTo(new[] { "LURE0001", "LURE0011" })
        );

    [Test]
    public async Task AnotherAttributeOfThatNameLeavesNothingOut()
    {
        const string Other = """
            class ConditionalAttribute(string symbol) : System.Attribute { public string Symbol => symbol; }
            class D { [Conditional("ONE")] static void Note(object o) { } [Lure.Analyzers.HotPath] static void M() => Note(new object()); }
            """;
        Assert.That(await Judge(Other).ConfigureAwait(false), Is.EquivalentTo(new[] { "LURE0001", "LURE0011" }));
    }

    private static async Task<string[]> Judge(string head, params string[] defined)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(
            head + Code,
            Prelude.ParseOptions.WithPreprocessorSymbols(defined)
        );
        var reported = await AnalysisRun.Of(Prelude.Compile("Conditional", [tree])).ConfigureAwait(false);
        return [.. reported.Select(static d => d.Id)];
    }
}

using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>The file in which a project admits what it calls.</summary>
[TestFixture]
internal sealed class AllowListTests
{
    private const string Call = "class C { [HotPath] int M(Dictionary<int, int> d) => d.ContainsKey(1) ? 1 : 0; }";

    [TestCase("M:System.Collections.Generic.Dictionary`2.ContainsKey(`0) ; reads a slot")]
    [TestCase("M:System.Collections.Generic.Dictionary`2.ContainsKey(...) ; reads a slot")]
    [TestCase("M:System.Collections.Generic.Dictionary`2.ContainsKey(...) if plain ; reads a slot")]
    [TestCase("M:System.Collections.Generic.Dictionary`2.ContainsKey(...) if number ; reads a slot")]
    [TestCase("M:System.Collections.Generic.Dictionary`2.ContainsKey(...) if int long ; reads a slot")]
    [TestCase("M:System.Collections.Generic.Dictionary`2.ContainsKey(...) if int nint ; reads a slot")]
    [TestCase("M:System.Collections.Generic.Dictionary`2.ContainsKey(...) if nuint int ; reads a slot")]
    [TestCase("T:System.Collections.Generic.Dictionary`2 except Add if number ; reads a slot")]
    [TestCase("T:System.Collections.Generic.Dictionary`2 except Add ; reads a slot")]
    [TestCase("// a comment\n\nT:System.Collections.Generic.Dictionary`2 ; reads a slot")]
    public async Task ALineAllows(string list) => Assert.That(await Judge(Call, list).ConfigureAwait(false), Is.Empty);

    [TestCase("T:System.Collections.Generic.Dictionary`2 except ContainsKey ; reads a slot")]
    [TestCase("M:System.Collections.Generic.Dictionary`2.ContainsKey(...) if long ; reads a slot")]
    [TestCase("T:System.Collections.Generic.List`1 ; another type")]
    [TestCase("T:System.Collections.Generic.Dictionary`2 except ContainsKey Add ; reads a slot")]
    public async Task AnotherLineDoesNot(string list) =>
        Assert.That(await Ids(Call, list).ConfigureAwait(false), Is.EqualTo(new[] { "LURE0011" }));

    [Test]
    public async Task IfPlainLooksAtTheTypeArguments()
    {
        const string Code =
            "class C { [HotPath] int M(Dictionary<PlainStruct, int> d) => d.ContainsKey(default) ? 1 : 0; }";
        const string List = "M:System.Collections.Generic.Dictionary`2.ContainsKey(...) if plain ; reads a slot";
        ImmutableArray<Diagnostic> diagnostics = await Judge(Code, List).ConfigureAwait(false);
        Assert.That(diagnostics.Select(static d => d.Id), Is.EqualTo(new[] { "LURE0011" }));
    }

    [TestCase("T:System.Math", "'T:System.Math' has no reason; write: ID ; why it allocates nothing")]
    [TestCase("T:System.Math ;", "'T:System.Math' has no reason; write: ID ; why it allocates nothing")]
    [TestCase("; reason", "'' matches nothing; write the id of a documentation comment")]
    [TestCase("T:System.Moth ; reason", "'T:System.Moth' matches nothing; write the id of a documentation comment")]
    [TestCase(
        "M:System.Math.Mix(...) ; reason",
        "'M:System.Math.Mix(...)' matches nothing; write the id of a documentation comment"
    )]
    [TestCase("Math(...) ; reason", "'Math(...)' matches nothing; write the id of a documentation comment")]
    [TestCase("M:Math(...) ; reason", "'M:Math(...)' matches nothing; write the id of a documentation comment")]
    [TestCase("System.Math(x) ; reason", "'System.Math(x)' matches nothing; write the id of a documentation comment")]
    [TestCase(
        "P:System.String.Chars(System.Byte) ; reason",
        "'P:System.String.Chars(System.Byte)' matches nothing; write the id of a documentation comment"
    )]
    [TestCase("System.Math ; reason", "'System.Math' matches nothing; write the id of a documentation comment")]
    [TestCase("T:System.Math except Mix ; reason", "'T:System.Math' excepts 'Mix', which is no member")]
    [TestCase(
        "T:System.Math if plane ; reason",
        "'T:System.Math' is held to 'plane', which is neither plain, number nor the keyword of a type"
    )]
    [TestCase(
        "F:System.Guid.Full ; reason",
        "'F:System.Guid.Full' matches nothing; write the id of a documentation comment"
    )]
    public async Task ALineThatIsNotInOrderIsReported(string line, string message)
    {
        ImmutableArray<Diagnostic> diagnostics = await Judge("class C { }", "// first\n" + line).ConfigureAwait(false);
        Diagnostic diagnostic = diagnostics.Single();
        Assert.That(diagnostic.Id, Is.EqualTo("LURE0013"));
        Assert.That(diagnostic.GetMessage(CultureInfo.InvariantCulture), Is.EqualTo(message));
        FileLinePositionSpan place = diagnostic.Location.GetLineSpan();
        Assert.That(place.Path, Is.EqualTo("a/HotPath.Allow.txt"));
        Assert.That(place.StartLinePosition.Line, Is.EqualTo(1));
        Assert.That(place.Span.End.Character, Is.EqualTo(line.Length));
    }

    [TestCase("F:System.Net.IPAddress.Loopback ; made at start")]
    [TestCase("T:System.Net.IPAddress ; made at start")]
    public async Task AFieldHasALineOfItsOwn(string list)
    {
        const string Code = "class C { [HotPath] object M() => System.Net.IPAddress.Loopback; }";
        Assert.That(await Judge(Code, list).ConfigureAwait(false), Is.Empty);
        Assert.That(await Ids(Code, "T:System.Math ; reason").ConfigureAwait(false), Is.EqualTo(new[] { "LURE0014" }));
    }

    /// <summary>The list that comes with the rules names leaves; a project's own line may name what calls back.</summary>
    [TestCase("M:System.Array.ForEach``1(``0[],System.Action{``0}) ; the action is made at start")]
    [TestCase("T:System.Array ; the actions are made at start")]
    public async Task ALineOfTheProjectAllowsWhatCallsBack(string list)
    {
        const string Code =
            "class C { readonly Action<int> _each = null; [HotPath] void M(int[] a) => Array.ForEach(a, _each); }";
        Assert.That(await Judge(Code, list).ConfigureAwait(false), Is.Empty);
    }

    [Test]
    public async Task ALineAllowsAVirtualCall()
    {
        const string Code = "class C { [HotPath] void M(System.IO.Stream s) => s.Flush(); }";
        Assert.That(await Ids(Code, "T:System.Math ; reason").ConfigureAwait(false), Is.EqualTo(new[] { "LURE0010" }));
        Assert.That(
            await Judge(Code, "M:System.IO.Stream.Flush ; all of ours do nothing").ConfigureAwait(false),
            Is.Empty
        );
    }

    /// <summary>Otherwise who lists Invoke would have opened every hot path to any code.</summary>
    [Test]
    public async Task NoLineAllowsADelegate()
    {
        const string Code = "class C { [HotPath] void M(Action a) => a(); }";
        Assert.That(
            await Ids(Code, "M:System.Action.Invoke ; harmless").ConfigureAwait(false),
            Is.EqualTo(new[] { "LURE0010" })
        );
    }

    [Test]
    public async Task ALineAllowsForeignCodeWhoseArgumentsAreConverted()
    {
        const string Code =
            "class C { [System.Runtime.InteropServices.DllImport(\"libc\")] static extern int puts(string s); "
            + "[HotPath] int M(string s) => puts(s); }";
        Assert.That(await Ids(Code, "T:System.Math ; reason").ConfigureAwait(false), Is.EqualTo(new[] { "LURE0011" }));
        Assert.That(await Judge(Code, "M:C.puts(System.String) ; short texts").ConfigureAwait(false), Is.Empty);
    }

    [TestCase("int", 0)]
    [TestCase("PlainStruct", 1)]
    public async Task AConditionLooksAtWhatAnExtensionIsCalledFor(string type, int reports)
    {
        string code =
            "struct My<T> { } static class X { public static ref T GetPinnableReference<T>(this My<T> m) => throw null; } "
            + $"class C {{ [HotPath] unsafe void M(My<{type}> m) {{ fixed ({type}* p = m) {{ }} }} }}";
        const string List = "M:X.GetPinnableReference``1(My{``0}) if number ; hands out a field";
        Assert.That(await Judge(code, List).ConfigureAwait(false), Has.Exactly(reports).Items);
    }

    [Test]
    public async Task APropertyIsExceptedByItsName()
    {
        const string Code = "class C { [HotPath] object M(Dictionary<int, int> d) => d.Comparer; }";
        const string Type = "T:System.Collections.Generic.Dictionary`2";
        Assert.That(await Judge(Code, Type + " ; reads a field").ConfigureAwait(false), Is.Empty);
        Assert.That(
            await Ids(Code, Type + " except Comparer ; reads a field").ConfigureAwait(false),
            Is.EqualTo(new[] { "LURE0011" })
        );
    }

    [Test]
    public async Task ALineWithoutAReasonAllowsNothing()
    {
        const string List = "T:System.Collections.Generic.Dictionary`2";
        ImmutableArray<Diagnostic> diagnostics = await Judge(Call, List).ConfigureAwait(false);
        Assert.That(diagnostics.Select(static d => d.Id), Is.EquivalentTo(new[] { "LURE0011", "LURE0013" }));
    }

    [Test]
    public async Task OtherFilesAreNotRead()
    {
        ImmutableArray<Diagnostic> diagnostics = await AnalysisRun
            .Of("class C { }", null, ("logo.png", null))
            .ConfigureAwait(false);
        Assert.That(diagnostics, Is.Empty);
    }

    /// <summary>The list of the runtime is held to the same as a project's.</summary>
    [Test]
    public async Task TheRuntimesOwnListIsInOrder()
    {
        string list = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "Lure.Analyzers/HotPath.Allow.txt"))
            .ConfigureAwait(false);
        Assert.That(await Judge("class C { }", list).ConfigureAwait(false), Is.Empty);
    }

    [Test]
    public async Task NoIdIsListedTwice()
    {
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "Lure.Analyzers/HotPath.Allow.txt"))
            .ConfigureAwait(false);
        IEnumerable<string> ids = lines
            .Where(static line => line.Length > 0 && !line.StartsWith("//", System.StringComparison.Ordinal))
            .Select(static line => line.Split(' ')[0]);
        Assert.That(ids, Is.Unique);
    }

    private static async Task<string[]> Ids(string code, string list) =>
        [.. (await Judge(code, list).ConfigureAwait(false)).Select(static d => d.Id)];

    private static Task<ImmutableArray<Diagnostic>> Judge(string code, string list) =>
        AnalysisRun.Of(code, null, ("a/HotPath.Allow.txt", list));
}

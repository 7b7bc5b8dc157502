using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>Which code is hot.</summary>
[TestFixture]
internal sealed class TemperatureTests
{
    private const string Mark = "[|new Thing()|]";

    [TestCase("class C { [HotPath] object M() => [|new Thing()|]; object N() => new Thing(); }", 1)]
    [TestCase("class C { [HotPath] public C() { Sink.Object = [|new Thing()|]; } }", 1)]
    [TestCase("class C { [HotPath] object P => [|new Thing()|]; }", 1)]
    [TestCase("class C { [HotPath] object P { get => [|new Thing()|]; set => value = [|new Thing()|]; } }", 2)]
    [TestCase("class C { object P { [HotPath] get => [|new Thing()|]; set => value = new Thing(); } }", 1)]
    [TestCase("class C { [HotPath] object P { get; } = [|new Thing()|]; }", 1)]
    [TestCase("class C { [HotPath] object P => field ??= [|new Thing()|]; }", 1)]
    [TestCase("class C { [HotPath] object this[int i] => [|new Thing()|]; }", 1)]
    [TestCase("class C { [HotPath] public static C operator +(C a, C b) { _ = [|new Thing()|]; return a; } }", 1)]
    [TestCase("class C { [HotPath] public static implicit operator Thing(C c) => [|new Thing()|]; }", 1)]
    [TestCase("[HotPath] struct S { object M() => [|new Thing()|]; }", 1)]
    [TestCase("[HotPath] record struct S(int A) { object M() => [|new Thing()|]; }", 1)]
    [TestCase("[HotPath] interface I { object M() => [|new Thing()|]; }", 1)]
    [TestCase("[HotPath] class C { object _kept = [|new Thing()|]; static object s_kept = [|new Thing()|]; }", 2)]
    [TestCase("[HotPath] class C { event Action E { add => _ = [|new Thing()|]; remove { } } }", 1)]
    [TestCase("[HotPath] class C { class D { struct E { object M() => [|new Thing()|]; } } }", 1)]
    [TestCase("[HotPath] partial class C; partial class C { object M() => [|new Thing()|]; }", 1)]
    [TestCase("partial class C { [HotPath] partial void M(); partial void M() => _ = [|new Thing()|]; }", 1)]
    [TestCase(
        "[method: ColdPath(nameof(C), 1)] class B(Thing t) { public Thing T = t; } [HotPath] class C() : B([|new Thing()|]);",
        1
    )]
    [TestCase("[HotPath] static class C { extension(int i) { object M() => [|new Thing()|]; } }", 1)]
    public Task WhatIsMarkedIsHot(string source, int marks) => HotCode.ReportsThings(source, marks);

    [TestCase("class C { [HotPath] void M() { object L() => [|new Thing()|]; _ = L(); } }", 1)]
    [TestCase("class C { void M() { [HotPath] object L() => [|new Thing()|]; _ = L(); _ = new Thing(); } }", 1)]
    [TestCase("class C { void M() { Func<object> f = [HotPath] () => [|new Thing()|]; } }", 1)]
    public Task WhatStandsInsideIsHotToo(string source, int marks) => HotCode.ReportsThings(source, marks);

    [TestCase("class C { object M() => new Thing(); }")]
    [TestCase("[HotPath] class B { } class C : B { object M() => new Thing(); }")]
    [TestCase(
        "namespace Other { class HotPathAttribute : Attribute; class C { [Other.HotPath] object M() => new Thing(); } }"
    )]
    public Task WhatIsNotMarkedIsNot(string source) => HotCode.Reports(source);

    [TestCase("[HotPath] class C { [ColdPath(nameof(C), perTurnMax: 0)] public C() => Sink.Object = new Thing(); }")]
    [TestCase("[HotPath] class C { [ColdPath(nameof(C), perTurnMax: 0)] object _kept = new Thing(); }")]
    [TestCase("[HotPath] class C { [ColdPath(nameof(C), perTurnMax: 1)] object P { get; } = new Thing(); }")]
    [TestCase(
        "[HotPath] class C { [ColdPath(nameof(C), perTurnMax: 1)] void M() => Sink.Run(() => new Thing().Number); }"
    )]
    [TestCase("class C { [HotPath] void M() { [ColdPath(nameof(C), 1)] object L() => new Thing(); _ = L(); } }")]
    public Task TheDoorIsOpen(string source) => HotCode.Reports(source);

    [TestCase("class C { [HotPath, ColdPath(nameof(C), 1)] object M() => [|new Thing()|]; }", 1)]
    [TestCase("class C { [ColdPath(nameof(C), 1)] void M() { [HotPath] object L() => [|new Thing()|]; _ = L(); } }", 1)]
    [TestCase("class C { [ColdPath(nameof(C), 1)] object P { [HotPath] get => [|new Thing()|]; } }", 1)]
    public Task TheNearestMarkDecidesAndHotWinsATie(string source, int marks) => HotCode.ReportsThings(source, marks);

    [Test]
    public Task AHotFunctionInsideCallsNothingThatIsNot() =>
        HotCode.Reports(
            "class C { void M() { object K() => new Thing(); [HotPath] object L() => [|K()|]; _ = L(); } }",
            "LURE0011 The hot path calls 'K()', which is not hot; mark it [HotPath], or [ColdPath] with its reason"
        );

    [Test]
    public Task AttributeApplicationsRunNothing() =>
        HotCode.ReportsThings(
            "[HotPath] class C { [Note(typeof(int), new[] { 1 })] object M([Note(typeof(C), [1, 2])] int a) => "
                + Mark
                + "; [Note(typeof(int), new int[0])] int _x; }",
            1
        );

    [Test]
    public Task GeneratedCodeIsTreatedLikeAnyOther() =>
        HotCode.ReportsThings(
            "[System.CodeDom.Compiler.GeneratedCode(\"tool\", \"1\")] class C { [HotPath] object M() => "
                + Mark
                + "; }",
            1
        );

    /// <summary>Code of other assemblies stays what it says for itself.</summary>
    [TestCase("true", "LURE0001", "LURE0011")]
    [TestCase("false")]
    [TestCase("yes")]
    public async Task AnOptionTakesAllCodeAsHot(string value, params string[] ids)
    {
        const string Code = """
            using Lure.Analyzers;
            class C
            {
                object M() => new();
                [ColdPath("start", 0)] object N() => new();
                void O(System.Collections.Generic.List<int> list) => list.Sort();
            }
            """;
        var hot = await AnalysisRun
            .Of(
                Prelude.Compile("Option", [Prelude.Parse(Code)]),
                new Dictionary<string, string> { ["lure_hot_path_everywhere"] = value }
            )
            .ConfigureAwait(false);
        Assert.That(hot.Select(static d => d.Id).Order(), Is.EqualTo(ids));
    }
}

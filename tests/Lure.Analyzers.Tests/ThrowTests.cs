using System.Threading.Tasks;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>An exception may be made where the hot path ends, and nowhere else.</summary>
[TestFixture]
internal sealed class ThrowTests
{
    private const string Cure =
        "LURE0009 The hot path throws; move the throw into a method of its own that never returns, marked [DoesNotReturn]";

    [TestCase("[|throw new Exception();|]")]
    [TestCase("Sink.Object = Sink.Null ?? [|throw new Exception()|];")]
    [TestCase("Sink.Int = n switch { 0 => 1, _ => [|throw new Exception()|] };")]
    public Task AThrowInTheHotPathIsFlagged(string body) =>
        HotCode.Reports("[HotPath] class C { void M(int n) { " + body + " } }", Cure);

    [TestCase("[DoesNotReturn] static void Fail() => throw new Exception();")]
    [TestCase("[DoesNotReturn] static void Fail(int n) => throw new Exception(string.Join(',', new[] { n, 2 }));")]
    [TestCase("[DoesNotReturn] static int Fail(int n) { throw n == 0 ? new Exception() : new ArgumentException(); }")]
    [TestCase("void M() { [DoesNotReturn] static void Fail() => throw new Exception(); Fail(); }")]
    public Task AMethodThatNeverReturnsMayMakeWhatItThrows(string member) =>
        HotCode.Reports("[HotPath] class C { " + member + " }");

    [Test]
    public Task ItMayMakeNothingElse() =>
        HotCode.ReportsThings(
            "[HotPath] class C { [DoesNotReturn] void Fail() { _ = [|new Thing()|]; throw null; } }",
            1
        );

    [Test]
    public Task ALocalFunctionInsideReturnsAsItLikes() =>
        HotCode.Reports(
            "[HotPath] class C { [DoesNotReturn] void Fail() { void L() => [|throw new Exception()|]; L(); throw null; } }",
            Cure
        );

    [Test]
    public Task WhatAConditionalThrowNeedsIsFlaggedToo() =>
        HotCode.Reports(
            "[HotPath] class C { void M(int n) => [|throw new Exception([|new string('x', n)|])|]; }",
            Cure,
            "an object 'string'; make it a struct, or take it from a pool that is filled at start"
        );
}

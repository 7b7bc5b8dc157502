using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>What the compiler refuses is said by the compiler, and by a rule only where it stands for a bound that nobody knows.</summary>
[TestFixture]
internal sealed class BrokenCodeTests
{
    [TestCase("int x = () => 1;")]
    [TestCase("Missing m = new Missing();")]
    [TestCase("Missing m = new() { X = 1 };")]
    [TestCase("Missing m = [1];")]
    [TestCase("Missing f = () => 1;")]
    [TestCase("Missing m = default; m = m with { X = 1 };")]
    [TestCase("foreach (int i in missing) { }")]
    [TestCase("foreach (int i in null) { }")]
    [TestCase("using (missing) { }")]
    [TestCase("fixed (int* p = missing) { }")]
    [TestCase("fixed (int* p) { }")]
    [TestCase("int x = missing[^1] + missing[1..].Length;")]
    public async Task IsNotToldTwice(string statement) =>
        Assert.That(await Judge(statement).ConfigureAwait(false), Is.Empty);

    [Test]
    public async Task MemoryOfUnknownSizeIsTold() =>
        Assert.That(
            await Judge("int* p = stackalloc Missing[2];").ConfigureAwait(false),
            Is.EqualTo(new[] { "LURE0004" })
        );

    private static async Task<string[]> Judge(string statement)
    {
        var reported = await AnalysisRun
            .Of("unsafe class C { [HotPath] void M(int n) { " + statement + " } }")
            .ConfigureAwait(false);
        return [.. reported.Select(static d => d.Id)];
    }
}

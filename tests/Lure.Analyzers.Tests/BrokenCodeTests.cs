using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Lure.Analyzers.Tests;

/// <summary>What the compiler refuses is said by the compiler, and by no rule as well.</summary>
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
    [TestCase("int* p = stackalloc Missing[2];", "LURE0004")]
    [TestCase("int x = missing[^1] + missing[1..].Length;")]
    public async Task IsNotToldTwice(string statement, params string[] ids)
    {
        var reported = await AnalysisRun
            .Of("unsafe class C { [HotPath] void M(int n) { " + statement + " } }")
            .ConfigureAwait(false);
        Assert.That(reported.Select(static d => d.Id), Is.EqualTo(ids));
    }
}

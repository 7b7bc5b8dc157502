using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Lure.Mutation.Tests;

/// <summary>A score below what it had come to is told, and one of the loop that is below what the loop is held to.</summary>
[TestFixture]
internal sealed class RatchetTests
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private static readonly Roof s_core = Roof.All.Single(roof => roof.Name == "core");

    private TemporaryCheckout _checkout = null!;

    [SetUp]
    public void Make()
    {
        _checkout = TemporaryCheckout.WithoutCore();
        _checkout.Write(
            "mutation/core.json",
            """{ "stryker-config": { "thresholds": { "high": 90, "low": 80, "break": 80 } } }"""
        );
        _checkout.Write("Lure.Core/Time/A.cs", "\n");
        _checkout.Write("Lure.Core/Loop/B.cs", string.Concat(Enumerable.Repeat("\n", 600)));
        _checkout.Write("Lure.Core/Loop/C.cs", string.Concat(Enumerable.Repeat("\n", 600)));
    }

    [TearDown]
    public void Free() => _checkout.Dispose();

    [TestCase(82, 95, 95, "")]
    [TestCase(80, 95, 95, "")]
    [TestCase(83, 95, 95, "core: raise thresholds.high in mutation/core.json to 91")]
    [TestCase(79, 95, 95, "core: the standing score is 89.7 %, below 90 %")]
    [TestCase(81, 95, 94, "core Loop-2: the standing score is 94.0 %, below 95 %")]
    [TestCase(
        79,
        94,
        95,
        "core: the standing score is 89.3 %, below 90 %|core Loop-1: the standing score is 94.0 %, below 95 %"
    )]
    public void What_is_wrong_with_a_score_is_told(int time, int loop1, int loop2, string lines)
    {
        Measured(("Loop-1", loop1), ("Loop-2", loop2), ("Time", time));
        Assert.That(string.Join('|', Ratchet.Wrong(_checkout.Root, s_core)), Is.EqualTo(lines));
    }

    [Test]
    public void No_score_at_all_is_told() =>
        Assert.That(
            Ratchet.Wrong(_checkout.Root, s_core),
            Is.EqualTo(new[] { "core: mutation/scores.txt has no score of it" })
        );

    [Test]
    public void Some_of_the_parts_are_no_score_of_the_whole()
    {
        Measured(("Loop-1", 95), ("Time", 10));
        Assert.That(Ratchet.Wrong(_checkout.Root, s_core), Is.Empty);
    }

    /// <summary>Of a hundred mutants each.</summary>
    private void Measured(params (string Part, int Killed)[] parts)
    {
        Standing standing = Standing.Read(_checkout.Root);
        IReadOnlyList<Part> all = s_core.Split(_checkout.Root);
        foreach ((string name, int killed) in parts)
        {
            Part part = all.Single(part => part.Name == name);
            standing.Set(s_core, part, new Score(killed, 0, 0, 100 - killed, 0), Commit);
        }

        standing.Write(_checkout.Root);
    }
}

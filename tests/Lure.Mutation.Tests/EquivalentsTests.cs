using NUnit.Framework;
using NUnit.Framework.Constraints;

namespace Lure.Mutation.Tests;

/// <summary>A list that is wrong is no excuse for a survivor.</summary>
[TestFixture]
internal sealed class EquivalentsTests
{
    private const string Entry = "P/A.cs: `a |= b` -> `a ^= b`\n    the bit is known to be clear\n";

    private static readonly Mutant s_survivor = new("P/A.cs", 3, "a |= b", "a ^= b", "Survived");

    private TemporaryCheckout _checkout = null!;

    [SetUp]
    public void Make()
    {
        _checkout = new TemporaryCheckout();
        _checkout.Write("P/A.cs", "x();\na |=\n    b;\n");
    }

    [TearDown]
    public void Free() => _checkout.Dispose();

    [Test]
    public void A_survivor_that_is_listed_is_found()
    {
        Equivalents list = Read(Entry);

        Assert.That(list.Stale(_checkout.Root), Is.Empty);
        Assert.That(list.Among([s_survivor, s_survivor with { Line = 4, Replacement = "" }]), Is.EqualTo([s_survivor]));
    }

    [TestCase("P/A.cs: `a |= c` -> `a ^= c`\n    why\n", "is not there")]
    [TestCase("P/B.cs: `a |= b` -> `a ^= b`\n    why\n", "is not there")]
    [TestCase("P/A.cs: `a |= b` -> `a ^= b`\n", "no reason is given")]
    public void An_entry_that_says_nothing_any_more_is_stale(string entry, string what) =>
        Assert.That(Read(entry).Stale(_checkout.Root), Has.One.Contains(what));

    [Test]
    public void One_that_was_killed_is_not_equivalent() =>
        Assert.That(
            () => Read(Entry).Among([s_survivor with { Status = "Killed" }]),
            Throws.TypeOf<MutationException>().With.Message.Contains("but killed")
        );

    [TestCase("P/A.cs a |= b\n")]
    [TestCase("P/A.cs: `a |= b`\n")]
    public void What_is_no_entry_is_told(string line) =>
        Assert.That(() => Read(line), Throws.TypeOf<MutationException>());

    [TestCase(19, 1, false)]
    [TestCase(18, 1, true)]
    public void No_more_than_one_in_twenty_is_listed(int killed, int equivalent, bool isTooMany)
    {
        Score whole = new(killed, 0, 0, 0, equivalent);
        IResolveConstraint outcome = isTooMany ? Throws.TypeOf<MutationException>() : Throws.Nothing;

        Assert.That(() => Equivalents.CheckShare(whole), outcome);
    }

    private Equivalents Read(string text)
    {
        _checkout.Write("mutation/equivalents.txt", "# a comment\n\n" + text);
        return Equivalents.Read(_checkout.Root);
    }
}

using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Lure.Mutation.Tests;

/// <summary>A score of a whole is never made of some of its parts.</summary>
[TestFixture]
internal sealed class StandingTests
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private static readonly Roof s_roof = Roof.All.Single(roof => roof.Name == "core");

    private TemporaryCheckout _checkout = null!;

    [SetUp]
    public void Make()
    {
        _checkout = TemporaryCheckout.WithoutCore();
        _checkout.Write("Lure.Core/One/A.cs", "\n");
        _checkout.Write("Lure.Core/Two/B.cs", string.Concat(Enumerable.Repeat("\n", 600)));
        _checkout.Write("Lure.Core/Two/C.cs", string.Concat(Enumerable.Repeat("\n", 600)));
    }

    [TearDown]
    public void Free() => _checkout.Dispose();

    [Test]
    public void A_folder_that_is_too_long_for_a_run_is_cut()
    {
        Assert.That(
            s_roof.Split(_checkout.Root).Select(part => part.Name),
            Is.EqualTo(new[] { "One", "Two-1", "Two-2" })
        );
    }

    [Test]
    public void A_part_that_was_not_measured_leaves_the_whole_without_a_score()
    {
        Part[] parts = [.. s_roof.Split(_checkout.Root)];
        Standing standing = Standing.Read(_checkout.Root);
        standing.Set(s_roof, parts[0], new Score(3, 0, 0, 1, 0), Commit);
        standing.Set(s_roof, parts[1], new Score(4, 1, 0, 0, 0), Commit);

        Assert.That(standing.Whole(s_roof, parts), Is.Null);
        standing.Write(_checkout.Root);
        Assert.That(
            File.ReadAllText(Standing.PathIn(_checkout.Root)),
            Does.Contain("core: no score; not measured: Two-2\n")
        );
    }

    [Test]
    public void What_was_written_is_read()
    {
        Part[] parts = [.. s_roof.Split(_checkout.Root)];
        Standing standing = Standing.Read(_checkout.Root);
        foreach (Part part in parts)
        {
            standing.Set(s_roof, part, new Score(2, 1, 1, 1, 1), Commit);
        }

        standing.Write(_checkout.Root);
        Standing read = Standing.Read(_checkout.Root);

        Assert.That(read.CommitOf(s_roof, parts[1]), Is.EqualTo(Commit));
        Assert.That(read.Whole(s_roof, parts), Is.EqualTo(new Score(6, 3, 3, 3, 3)));
    }

    [Test]
    public void A_part_whose_files_are_others_now_has_no_score()
    {
        foreach (Part part in s_roof.Split(_checkout.Root))
        {
            Set(part);
        }

        _checkout.Write("Lure.Core/Two/B.cs", "\n");
        Part[] parts = [.. s_roof.Split(_checkout.Root)];
        Standing standing = Standing.Read(_checkout.Root);

        Assert.That(parts.Select(part => part.Name), Is.EqualTo(new[] { "One", "Two" }));
        Assert.That(standing.Whole(s_roof, parts), Is.Null);

        _checkout.Write("Lure.Core/Two/B.cs", string.Concat(Enumerable.Repeat("\n", 600)));
        _checkout.Write("Lure.Core/Two/A.cs", string.Concat(Enumerable.Repeat("\n", 100)));
        parts = [.. s_roof.Split(_checkout.Root)];

        Assert.That(
            parts.Select(part => (part.Name, IsMeasured: standing.ScoreOf(s_roof, part) is not null)),
            Is.EqualTo(new[] { ("One", true), ("Two-1", false), ("Two-2", true) })
        );
        Assert.That(standing.Whole(s_roof, parts), Is.Null);
    }

    [TestCase("<<<<<<< HEAD")]
    [TestCase("core       One     2   x   1   1    1   75.0  00000000  0123456789abcdef0123456789abcdef01234567")]
    public void A_line_that_is_no_row_is_refused(string line)
    {
        _checkout.Write("mutation/scores.txt", $"roof part\n{line}\n\ncore: 97.0 % of 3 mutants\n");
        Assert.That(() => Standing.Read(_checkout.Root), Throws.TypeOf<MutationException>().With.Message.Contain(line));
    }

    private void Set(Part part)
    {
        Standing standing = Standing.Read(_checkout.Root);
        standing.Set(s_roof, part, new Score(2, 1, 1, 1, 1), Commit);
        standing.Write(_checkout.Root);
    }
}

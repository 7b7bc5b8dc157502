using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Lure.Mutation.Tests;

/// <summary>What has changed is tried, in whole members, and nothing else.</summary>
[TestFixture]
internal sealed partial class ChangesTests
{
    private const string Before = """
        class A
        {
            int _a;

            int First()
            {
                int a = 1;

                return a;
            }

            int Second() => 2;
        }

        """;

    private static readonly Roof s_roof = new("r", "P", [], [], [], 0);

    private TemporaryCheckout _checkout = null!;

    [SetUp]
    public void Make() => _checkout = new TemporaryCheckout();

    [TearDown]
    public void Free() => _checkout.Dispose();

    [Test]
    public void Nothing_is_tried_of_what_is_as_it_was() => Assert.That(Tried(Before), Is.Empty);

    [Test]
    public void A_line_that_was_changed_is_tried_with_its_member() =>
        Assert.That(
            Tried(Before.Replace("a = 1", "a = 3", System.StringComparison.Ordinal)).Single(),
            Is.EqualTo("    int First()\n    {\n        int a = 3;\n\n        return a;\n    }\n")
        );

    [Test]
    public void A_line_that_was_taken_out_is_tried_by_what_is_left_around_it() =>
        Assert.That(
            Tried(Before.Replace("        return a;\n", "", System.StringComparison.Ordinal)).Single(),
            Does.StartWith("    int First()").And.Contain("int a = 1;")
        );

    [Test]
    public void Two_changes_of_one_member_are_one() =>
        Assert.That(
            Tried(Before.Replace(" a", " b", System.StringComparison.Ordinal)).Single(),
            Does.Contain("int b = 1;").And.Contain("return b;").And.Not.Contain("Second")
        );

    [Test]
    public void Of_a_change_that_goes_over_members_each_is_one() =>
        Assert.That(
            Tried(
                Before
                    .Replace(
                        "        return a;\n    }\n",
                        "        return 3;\n    }\n\n    int Third() => 3;\n",
                        System.StringComparison.Ordinal
                    )
                    .Replace("=> 2", "=> 4", System.StringComparison.Ordinal)
            ),
            Has.Count.EqualTo(3).And.One.EqualTo("    int Third() => 3;\n")
        );

    [Test]
    public void A_file_that_was_not_added_yet_is_tried_whole()
    {
        _checkout.Write("P/Sub/B.cs", "");
        string commit = _checkout.Commit();
        _checkout.Write("P/Sub/A.cs", Before);

        Assert.That(
            Changes.Of(_checkout.Root, s_roof, _ => commit).Select(member => (member.File, member.Lines)),
            Is.EqualTo(new[] { ("Sub/A.cs", 3), ("Sub/A.cs", 6), ("Sub/A.cs", 2) })
        );
    }

    [Test]
    public void Of_too_much_for_the_time_every_second_or_third_member_is_tried()
    {
        Member[] members = [.. Enumerable.Range(0, 7).Select(i => new Member("A.cs", i, i + 1, 10))];
        Assert.That(Changes.Thin(members, 70), Is.EqualTo(members));
        Assert.That(Changes.Thin(members, 69), Is.EqualTo(new[] { members[0], members[2], members[4], members[6] }));
        Assert.That(Changes.Thin(members, 34), Is.EqualTo(new[] { members[0], members[3], members[6] }));
        Assert.That(Changes.Thin([], 70), Is.Empty);
    }

    /// <summary>The texts that the spans of the patterns stand for.</summary>
    private List<string> Tried(string after)
    {
        _checkout.Write("P/Sub/A.cs", Before);
        string commit = _checkout.Commit();
        _checkout.Write("P/Sub/A.cs", after);
        IReadOnlyList<string> patterns = Changes.Patterns(Changes.Of(_checkout.Root, s_roof, _ => commit));
        Assert.That(patterns, Is.All.StartsWith("**/Sub/A.cs{"));
        return
        [
            .. patterns
                .SelectMany(pattern => Span().Matches(pattern))
                .Select(span => after[int.Parse(span.Groups[1].Value, null)..int.Parse(span.Groups[2].Value, null)]),
        ];
    }

    [GeneratedRegex(@"\{(\d+)\.\.(\d+)\}")]
    private static partial Regex Span();
}

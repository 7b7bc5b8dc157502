using System.Collections.Generic;
using NUnit.Framework;

namespace Lure.Linux.Tests.Configuration;

/// <summary>Brackets, commas and signs that are missing or too many.</summary>
[TestFixture]
internal sealed class SyntaxErrorTests
{
    [TestCaseSource(nameof(Cases))]
    public void IsTold(string toml, string expected) => Assert.That(CheckedFile.Output(toml), Is.EqualTo(expected));

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return new TestCaseData(
            CheckedFile.WithListener("[log\nto = \"stdout\"\n[process]\nworkers = x"),
            """
            t.toml:1:5: error E003: the header is not closed
                1 | [log
                  |     ^  its closing bracket is missing here
            t.toml:4:11: error E003: x is not a value
                4 | workers = x
                  |           ^  text stands in quotes: "x"
            2 errors
            """
        )
        {
            TestName = "Header",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[]\na = 1"),
            """
            t.toml:1:2: error E003: a name is missing
                1 | []
                  |  ^  as in [log] or [listen.pg]
            """
        )
        {
            TestName = "HeaderEmpty",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[[log]\nto = \"stdout\""),
            """
            t.toml:1:6: error E003: the header is not closed
                1 | [[log]
                  |      ^  its closing bracket is missing here
            """
        )
        {
            TestName = "HeaderDouble",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[log] to = \"stdout\""),
            """
            t.toml:1:7: error E003: to does not belong here
                1 | [log] to = "stdout"
                  |       ^^  one key and one value a line
            """
        )
        {
            TestName = "TextAfterHeader",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[backend.b]\nservers = [\"10.0.0.1:5432\"\nbalance = \"x\""),
            """
            t.toml:3:1: error E003: the list is not closed
                3 | balance = "x"
                  | ^^^^^^^  "]" is missing before this, for the list of line 2
            t.toml:3:11: error E009: unknown value "x"
                3 | balance = "x"
                  |           ^^^  one of: round-robin, leastconn, random2, source
            2 errors
            """
        )
        {
            TestName = "ListOpen",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[backend.b]\nservers = [\n  \"10.0.0.1:5432\"\n"),
            """
            t.toml:5:1: error E003: the list is not closed
                5 | [listen.a]
                  | ^  "]" is missing before this, for the list of line 2
            """
        )
        {
            TestName = "ListOpenHeader",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[backend.b]\nservers = [\n  \"10.0.0.1:5432\"\n  \"10.0.0.2:5432\"\n]"),
            """
            t.toml:4:3: error E003: a comma is missing
                4 |   "10.0.0.2:5432"
                  |   ^^^^^^^^^^^^^^^  put "," before this
            """
        )
        {
            TestName = "Comma",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\ndrain = { deadline = \"5s\"\nworkers = 2"),
            """
            t.toml:3:1: error E003: the inline table is not closed
                3 | workers = 2
                  | ^^^^^^^  "," or "}" is missing before this
            """
        )
        {
            TestName = "InlineOpen",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[backend.b]\nservers = [{ name = \"a\" addr = \":1\" }]"),
            """
            t.toml:2:25: error E003: the inline table is not closed
                2 | servers = [{ name = "a" addr = ":1" }]
                  |                         ^^^^  "," or "}" is missing before this
            """
        )
        {
            TestName = "InlineComma",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nworkers =\nmaxconn = 5"),
            """
            t.toml:2:10: error E003: a value is missing
                2 | workers =
                  |          ^  put it here, text in quotes
            """
        )
        {
            TestName = "NoValue",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nworkers 4"),
            """
            t.toml:2:9: error E003: a key needs "=" and a value
                2 | workers 4
                  |         ^  "=" is missing here
            """
        )
        {
            TestName = "NoEquals",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nworkers: 4"),
            """
            t.toml:2:8: error E003: a key needs "=" and a value
                2 | workers: 4
                  |        ^  write "=" for ":"
            """
        )
        {
            TestName = "Colon",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nworkers = 4 5"),
            """
            t.toml:2:13: error E003: 5 does not belong here
                2 | workers = 4 5
                  |             ^  one key and one value a line
            """
        )
        {
            TestName = "TwoValues",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nworkers = 4, maxconn = 5"),
            """
            t.toml:2:12: error E003: , does not belong here
                2 | workers = 4, maxconn = 5
                  |            ^  one key and one value a line
            """
        )
        {
            TestName = "TwoKeys",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("}\n[log]\nto = \"none\""),
            """
            t.toml:1:1: error E003: } does not belong here
                1 | }
                  | ^  one key and one value a line
            """
        )
        {
            TestName = "Brace",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nmy workers = 4"),
            """
            t.toml:2:4: error E003: a key needs "=" and a value
                2 | my workers = 4
                  |    ^^^^^^^  "=" is missing here
            """
        )
        {
            TestName = "KeySpace",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nworkerś = 4"),
            """
            t.toml:2:7: error E003: a key needs "=" and a value
                2 | workerś = 4
                  |       ^  "=" is missing here
            """
        )
        {
            TestName = "Accent",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nworkers = four\nmaxcon = 1\n[log]\nto = \"none\nformat = json\n"),
            """
            t.toml:2:11: error E003: four is not a value
                2 | workers = four
                  |           ^^^^  text stands in quotes: "four"
            t.toml:3:1: error E005: unknown key "maxcon" in [process]
                3 | maxcon = 1
                  | ^^^^^^  did you mean "maxconn"?
            t.toml:5:11: error E003: the text is not closed
                5 | to = "none
                  |           ^  its closing quote is missing here
            t.toml:6:10: error E003: json is not a value
                6 | format = json
                  |          ^^^^  text stands in quotes: "json"
            4 errors
            """
        )
        {
            TestName = "Three",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener(
                "[log]\nto = [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
            ),
            """
            t.toml: error E003: lists and tables are nested too deeply; no key takes more than two levels
            """
        )
        {
            TestName = "Deep",
        };
    }
}

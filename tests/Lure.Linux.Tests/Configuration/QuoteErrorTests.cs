using System.Collections.Generic;
using NUnit.Framework;

namespace Lure.Linux.Tests.Configuration;

/// <summary>Texts without their quotes: by far the most frequent mistake in TOML.</summary>
[TestFixture]
internal sealed class QuoteErrorTests
{
    [TestCaseSource(nameof(Cases))]
    public void IsTold(string toml, string expected) => Assert.That(CheckedFile.Output(toml), Is.EqualTo(expected));

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return new TestCaseData(
            CheckedFile.WithListener("[log]\nto = stdout"),
            """
            t.toml:2:6: error E003: stdout is not a value
                2 | to = stdout
                  |      ^^^^^^  text stands in quotes: "stdout"
            """
        )
        {
            TestName = "NoQuotes",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[backend.b]\nservers = [10.0.0.1:5432]"),
            """
            t.toml:2:12: error E003: 10.0.0.1:5432 is not a value
                2 | servers = [10.0.0.1:5432]
                  |            ^^^^^^^^^^^^^  text stands in quotes: "10.0.0.1:5432"
            """
        )
        {
            TestName = "NoQuotesAddress",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[defaults.timeout]\nidle = 10s"),
            """
            t.toml:2:8: error E003: 10s is not a value
                2 | idle = 10s
                  |        ^^^  text stands in quotes: "10s"
            """
        )
        {
            TestName = "TimeNoQuotes",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[listen.b]\nbind = :5432"),
            """
            t.toml:2:8: error E003: :5432 is not a value
                2 | bind = :5432
                  |        ^^^^^  text stands in quotes: ":5432"
            """
        )
        {
            TestName = "PortNoQuotes",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[log]\nto = \"stdout\nformat = \"json\""),
            """
            t.toml:2:13: error E003: the text is not closed
                2 | to = "stdout
                  |             ^  its closing quote is missing here
            """
        )
        {
            TestName = "ClosingQuote",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[backend.b]\nservers = [\"10.0.0.1:5432, \"10.0.0.2:5432\"]"),
            """
            t.toml:2:29: error E003: a comma is missing
                2 | servers = ["10.0.0.1:5432, "10.0.0.2:5432"]
                  |                             ^^^^^^^^^^^^^^  put "," before this
            """
        )
        {
            TestName = "ClosingQuoteList",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[log]\nto = \"\"\"stdout\nformat = \"json\""),
            """"
            t.toml:2:6: error E003: the text is not closed
                2 | to = """stdout
                  |      ^^^  it begins here and has no end
            """"
        )
        {
            TestName = "MultiLineText",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("\"log = 3"),
            """
            t.toml:1:9: error E003: the text is not closed
                1 | "log = 3
                  |         ^  its closing quote is missing here
            """
        )
        {
            TestName = "Quote",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[backend.b]\nservers = [{ addr = \":1\", backup = True }]"),
            """
            t.toml:2:36: error E003: True is not a value
                2 | servers = [{ addr = ":1", backup = True }]
                  |                                    ^^^^  did you mean true?
            """
        )
        {
            TestName = "Yes",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nworkers = 0x"),
            """
            t.toml:2:11: error E003: 0x is not a value
                2 | workers = 0x
                  |           ^^  text stands in quotes: "0x"
            """
        )
        {
            TestName = "Hex",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nworkers = 1__0"),
            """
            t.toml:2:11: error E003: 1__0 is not a value
                2 | workers = 1__0
                  |           ^^^^  text stands in quotes: "1__0"
            """
        )
        {
            TestName = "Under",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[process]\nworkers = 99999999999999999999"),
            """
            t.toml:2:11: error E003: 99999999999999999999 is out of range
                2 | workers = 99999999999999999999
                  |           ^^^^^^^^^^^^^^^^^^^^  no key takes so large a number
            """
        )
        {
            TestName = "Huge",
        };
        yield return new TestCaseData(
            CheckedFile.WithListener("[log]\nto = \"std\\out\""),
            """
            t.toml:2:11: error E003: unknown escape in a text
                2 | to = "std\out"
                  |           ^  "\\" for one backslash, or 'single quotes'
            """
        )
        {
            TestName = "Escape",
        };
    }
}

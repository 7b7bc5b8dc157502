using NUnit.Framework;

namespace Lure.Linux.Tests.Configuration;

/// <summary>The caret stands under the exact characters, whatever precedes them.</summary>
[TestFixture]
internal sealed class ExcerptTests
{
    [Test]
    public void TabsAreKeptSoThatAnyTabWidthFits() =>
        Expect(
            "[log]\n\tto\t= 1",
            "t.toml:2:7: error E006: \"to\" is a text, not a whole number\n    2 | \tto\t= 1\n      | \t  \t  ^  texts stand in quotes"
        );

    [Test]
    public void AccentsAreOneColumn() =>
        Expect(
            "process = { \"é\" = 1 }",
            "t.toml:1:13: error E005: unknown key \"é\" in [process]\n    1 | process = { \"é\" = 1 }\n      |             ^^^  known here: workers, maxconn, pipes, steer, batch, spin, drain"
        );

    [TestCase("日本", 4)]
    [TestCase("😀", 2)]
    [TestCase("e\u0301", 1)]
    [TestCase("\u200b", 0)]
    public void PaddingIsAsWideAsTheTerminalShows(string before, int width)
    {
        string line = CheckedFile
            .Output(CheckedFile.WithListener($"process = {{ \"{before}\" = 1, workers = 0 }}"))
            .Split('\n')[5];

        Assert.That(
            line,
            Is.EqualTo("      | " + new string(' ', 30 + width) + "^  1 to 256; leave it out for one a CPU")
        );
    }

    [Test]
    public void ColumnsCountCharactersAsEditorsDo()
    {
        string output = CheckedFile.Output("process = { \"😀\" = 1, workers = 0 }");

        Assert.That(output, Does.Contain("t.toml:1:32: error E008"));
    }

    [Test]
    public void OfALongLineThePartAroundTheProblemIsShown()
    {
        string filler = new('x', 300);
        string toml = CheckedFile.WithListener($"process = {{ {filler} = 1, workers = 0, {filler}y = 1 }}");

        string[] lines = CheckedFile.Output(toml).Split('\n');

        Assert.Multiple(() =>
        {
            Assert.That(lines[3], Does.StartWith("t.toml:1:329: error E008"));
            Assert.That(
                lines[4],
                Is.EqualTo("    1 | …" + new string('x', 24) + " = 1, workers = 0, " + new string('x', 77) + "…")
            );
            Assert.That(lines[5], Does.StartWith("      | " + new string(' ', 41) + "^  "));
        });
    }

    [Test]
    public void AMessageIsOneLineOfBoundedLength()
    {
        string output = CheckedFile.Output(CheckedFile.WithListener($"[log]\nto = \"{new string('z', 5000)}\""));

        Assert.That(output.Split('\n')[0], Has.Length.LessThan(500));
    }

    [Test]
    public void AFileCannotDriveTheTerminal()
    {
        string output = CheckedFile.Output(CheckedFile.WithListener("[log]\nto = \"\\u001b[2J\" # \u001b[2J\u0085"));

        Assert.That(output, Does.Not.Contain('\u001b').And.Not.Contain('\u0085'));
    }

    [Test]
    public void ControlCharactersAreShownAsReplaced() =>
        Expect(
            "[log]\nto = \"std\u0001out\"",
            "t.toml:2:6: error E003: control characters are not allowed\n    2 | to = \"std\ufffdout\"\n      |      ^  remove it, or write it as an escape"
        );

    [Test]
    public void LineEndsOfWindowsAreNotShown() =>
        Expect(
            "[log]\r\nto = 1\r\n",
            "t.toml:2:6: error E006: \"to\" is a text, not a whole number\n    2 | to = 1\n      |      ^  texts stand in quotes"
        );

    [Test]
    public void ACarriageReturnAloneIsNoLineEnd() =>
        Expect(
            "[log]\rto = 1",
            "t.toml:1:6: error E003: control characters are not allowed\n    1 | [log]\ufffdto = 1\n      |      ^  remove it, or write it as an escape"
        );

    [Test]
    public void AValueOfSeveralLinesIsMarkedOnItsFirst() =>
        Expect(
            "[log]\nto = [\n  1,\n]",
            "t.toml:2:6: error E006: \"to\" is a text, not a list\n    2 | to = [\n      |      ^  texts stand in quotes"
        );

    private static void Expect(string toml, string expected) =>
        Assert.That(CheckedFile.Output(CheckedFile.WithListener(toml)), Is.EqualTo(expected));
}

using System.Collections.Immutable;
using System.IO;
using System.Text.Json;
using Lure.Bench.Charts;
using Lure.Bench.Load;
using Lure.Bench.Results;
using Lure.Bench.Rows;
using NUnit.Framework;

namespace Lure.Linux.Tests.Bench;

/// <summary>What becomes of a result outside of the terminal.</summary>
internal sealed class ResultFilesTests
{
    private const string Page = """
        # A page

        <!-- results: written by the bench, from here -->
        old
        <!-- results: to here -->

        The rest.
        """;

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("lure-bench-test-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_result_that_was_kept_is_the_same_when_it_is_read()
    {
        ComparisonResult result = Measured();
        string path = Path.Combine(_folder, ResultFile.Name);
        ResultFile.Save(result, path);
        ComparisonResult read = ResultFile.Load(path);
        Assert.That(Text(read), Is.EqualTo(Text(result)));
    }

    [Test]
    public void The_file_tells_machine_commit_command_and_verdict()
    {
        string path = Path.Combine(_folder, ResultFile.Name);
        ResultFile.Save(Measured(), path);
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(path));
        JsonElement result = file.RootElement.GetProperty("result");
        JsonElement figure = file.RootElement.GetProperty("summary")[0];

        Assert.That(result.GetProperty("machine").GetProperty("kernel").GetString(), Is.EqualTo("6.1"));
        Assert.That(result.GetProperty("run").GetProperty("commit").GetString(), Is.EqualTo("abc1234"));
        Assert.That(result.GetProperty("run").GetProperty("command").GetString(), Is.EqualTo("compare --rounds 3"));
        Assert.That(figure.GetProperty("outcome").GetString(), Is.EqualTo("met"));
        Assert.That(figure.GetProperty("medians").GetProperty("lure").GetDouble(), Is.EqualTo(90));
    }

    [TestCase("{}")]
    [TestCase("no json")]
    public void A_file_that_is_no_result_is_refused_by_its_name(string text)
    {
        string path = Path.Combine(_folder, "other.json");
        File.WriteAllText(path, text);
        Assert.That(() => ResultFile.Load(path), Throws.TypeOf<LoadException>().With.Message.Contains("other.json"));
    }

    [Test]
    public void The_page_gets_the_result_between_its_marks_and_keeps_the_rest()
    {
        string once = ResultPage.Replace(Page, Measured(), ["ratios"], "performance");
        string twice = ResultPage.Replace(once, Measured(), ["ratios"], "performance");

        Assert.That(once, Does.StartWith("# A page\n").And.EndWith("\n\nThe rest.").And.Not.Contain("old"));
        Assert.That(once, Does.Contain("![ratios](performance/ratios.svg)").And.Contain("abc1234"));
        Assert.That(twice, Is.EqualTo(once));
    }

    [Test]
    public void A_page_without_marks_is_refused() =>
        Assert.That(
            () => ResultPage.Replace("# A page", Measured(), [], "performance"),
            Throws.TypeOf<LoadException>()
        );

    /// <summary>Without a font there are none, which is told instead.</summary>
    [Test]
    public void Charts_are_drawn_where_there_is_a_font()
    {
        ImmutableArray<string> names = ChartSet.Save(Measured(), _folder);

        Assert.That(names, ChartFont.TryChoose() ? Is.EqualTo(new[] { "ratios" }) : Is.Empty);
        foreach (string name in names)
        {
            byte[] png = File.ReadAllBytes(Path.Combine(_folder, name + ".png"));
            string svg = File.ReadAllText(Path.Combine(_folder, name + ".svg"));
            Assert.That(png[..4], Is.EqualTo(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' }));
            Assert.That(svg, Does.Contain("<svg").And.Contain("a row"));
        }
    }

    private static ComparisonResult Measured()
    {
        FigureResult figure = new()
        {
            Figure = new("µs", 1) { Rule = FigureRule.AheadOfRivals, ReachRatio = 0.95 },
        };
        for (int round = 0; round < 4; round++)
        {
            figure.Add("lure", 90);
            figure.Add("plain", 100);
            figure.Add("plain again", 100);
            figure.Add("spliced", 120);
            figure.Add("nginx", round == 0 ? double.NaN : 110);
            figure.Add("bare", 80);
        }

        return Samples.Result(figure);
    }

    private static string Text(ComparisonResult result)
    {
        using StringWriter output = new();
        ResultText.WriteFacts(result, output);
        DetailTable.Write(result, output);
        SummaryTable.Write(result, output);
        ResultText.WriteNotes(result, output);
        return output.ToString();
    }
}

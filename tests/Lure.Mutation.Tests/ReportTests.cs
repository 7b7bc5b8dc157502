using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Lure.Mutation.Tests;

/// <summary>Only a run that came to its end counts.</summary>
[TestFixture]
internal sealed class ReportTests
{
    private const string Source = "int a = 1 +\\n    2;\\nreturn a;\\n";

    private TemporaryCheckout _checkout = null!;

    [SetUp]
    public void Make() => _checkout = new TemporaryCheckout();

    [TearDown]
    public void Free() => _checkout.Dispose();

    [Test]
    public void A_mutant_is_read_with_what_stood_in_its_place()
    {
        Mutant mutant = Read("Killed").Single();

        Assert.That(mutant, Is.EqualTo(new Mutant("P/Sub/A.cs", 1, "1 + 2", "1 - 2", "Killed")));
    }

    [TestCase("Pending")]
    [TestCase("anything")]
    public void A_run_that_did_not_end_counts_nothing(string status) =>
        Assert.That(() => Read(status), Throws.TypeOf<MutationException>().With.Message.Contains(status));

    [Test]
    public void Those_that_were_none_do_not_count()
    {
        IReadOnlyList<Mutant> mutants = Read(
            "Killed",
            "Timeout",
            "RuntimeError",
            "Survived",
            "NoCoverage",
            "CompileError",
            "Ignored"
        );
        Score score = Score.Of(mutants, new HashSet<Mutant>());

        Assert.That(score, Is.EqualTo(new Score(1, 1, 1, 2, 0)));
        Assert.That((score.All, score.Percent), Is.EqualTo((5, 40.0)));
    }

    [Test]
    public void An_equivalent_one_is_counted_apart()
    {
        IReadOnlyList<Mutant> mutants = Read("Killed", "Survived");
        Score score = Score.Of(mutants, new HashSet<Mutant> { mutants[1] });

        Assert.That((score.All, score.Equivalent, score.Percent), Is.EqualTo((2, 1, 100.0)));
    }

    private IReadOnlyList<Mutant> Read(params string[] statuses)
    {
        IEnumerable<string> mutants = statuses.Select(status =>
            "{\"id\":\"1\",\"mutatorName\":\"m\",\"replacement\":\"1 -\\n 2\",\"status\":\""
            + status
            + "\",\"location\":{\"start\":{\"line\":1,\"column\":9},\"end\":{\"line\":2,\"column\":6}}}"
        );
        string json =
            "{\"files\":{\"Sub/A.cs\":{\"source\":\""
            + Source
            + "\",\"mutants\":["
            + string.Join(',', mutants)
            + "]}}}";
        return Report.Read(_checkout.Write("report.json", json), "P");
    }
}

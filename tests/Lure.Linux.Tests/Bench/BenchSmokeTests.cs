using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Lure.Bench.Comparing;
using Lure.Bench.Load;
using Lure.Bench.Relays;
using Lure.Bench.Rows;
using Lure.Linux.Machine;
using NUnit.Framework;

namespace Lure.Linux.Tests.Bench;

/// <summary>The smallest comparison there is: lure alone, one short round.</summary>
internal sealed class BenchSmokeTests
{
    /// <summary>The program as it was built with these tests: the copy beside them lacks its libraries.</summary>
    private static string Program
    {
        get
        {
            string tests = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
            string configuration = Path.GetFileName(tests);
            return Path.GetFullPath(Path.Combine(tests, "../../Lure.Linux", configuration + "_linux-x64", "lure"));
        }
    }

    [Test]
    public void The_bench_measures_lure()
    {
        using StringWriter progress = new();
        Comparison comparison = Compare(Program, progress, new EchoRow(connections: 8, bytes: 64), new RestRow());
        IReadOnlyList<Measurements> rows = comparison.Run();

        Assert.That(rows[0].Values("lure", figure: 0).Single(), Is.InRange(0.1, 1_000), "µs of CPU per echo");
        Assert.That(rows[0].Values("lure", figure: 1).Single(), Is.InRange(100, 10_000_000), "echoes a second");
        Assert.That(rows[1].Values("lure", figure: 0).Single(), Is.InRange(1, 1_000), "MB at rest");
        Assert.That(progress.ToString(), Does.Contain("1/1 echo-8 lure"));
    }

    [Test]
    public void A_relay_that_ends_at_once_is_told_with_what_it_said()
    {
        Comparison comparison = Compare("/bin/ls", TextWriter.Null, new RestRow());
        Assert.That(
            () => comparison.Run(),
            Throws
                .TypeOf<LoadException>()
                .With.Message.Contains("ended before it listened")
                .And.Message.Contains("ls: ")
        );
    }

    private static Comparison Compare(string program, TextWriter progress, params ImmutableArray<Row> rows) =>
        new()
        {
            Relays = [new LureRelay(program)],
            Rows = rows,
            Rounds = 1,
            Duration = 300_000_000,
            Seed = 1,
            RelayCpu = UsableCpus.OfThisThread()[0],
            Progress = progress,
        };
}

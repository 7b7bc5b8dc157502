using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Lure.Bench.Comparing;
using Lure.Bench.Load;
using Lure.Bench.Relays;
using Lure.Bench.Results;
using Lure.Bench.Rows;
using Lure.Linux.Machine;
using NUnit.Framework;

namespace Lure.Linux.Tests.Bench;

/// <summary>The smallest comparisons there are: one short round of lure beside the bare loop.</summary>
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

    private static IEnumerable<TestCaseData> Rows =>
        [
            new(new EchoRow(connections: 1, bytes: 64), (double[])[0.1, 100, 1, 1, 1, 1]),
            new(new EchoRow(connections: 8, bytes: 64) { WorkerCount = 2 }, (double[])[0.1, 100, 1, 1]),
            new(new EchoRow(connections: 8, bytes: 16 * 1024), (double[])[0.1, 0.1, 1, 1]),
            new(new BulkRow(BulkDirection.Download, streams: 3), (double[])[1, 0.001]),
            new(new BulkRow(BulkDirection.Upload, streams: 3), (double[])[1, 0.001]),
            new(new ConnectRow(logged: false), (double[])[1, 10]),
        ];

    [TestCaseSource(nameof(Rows))]
    public void A_row_measures_lure_and_the_bare_loop(Row row, double[] atLeast)
    {
        using StringWriter progress = new();
        Comparison comparison = Compare(Program, progress, row);
        FigureResult[] figures = [.. comparison.Run().Single().Figures];

        Assert.That(comparison.Failures, Is.Empty);
        Assert.That(figures, Has.Length.EqualTo(atLeast.Length));
        foreach ((FigureResult figure, double least) in figures.Zip(atLeast))
        {
            Assert.That(figure.Samples["lure"].Single(), Is.GreaterThanOrEqualTo(least), figure.Figure.Name);
            Assert.That(figure.Samples["bare C"].Single(), Is.GreaterThanOrEqualTo(least), figure.Figure.Name);
        }

        Assert.That(progress.ToString(), Does.Contain($"1/1 {row.Key} lure"));
    }

    [Test]
    public void Memory_is_measured_of_relays_only()
    {
        Comparison comparison = Compare(Program, TextWriter.Null, new RestRow());
        ImmutableArray<FigureResult> figures = comparison.Run().Single().Figures;

        Assert.That(figures[0].Samples.Keys, Is.EqualTo(new[] { "lure" }));
        Assert.That(figures[0].Samples["lure"].Single(), Is.InRange(1, 1_000), "MB at rest");
        Assert.That(figures[1].Samples["lure"].Single(), Is.InRange(0, 1_000), "ms a second at rest");
    }

    /// <summary>Where tracepoints may not be counted the row says so, and how to have them.</summary>
    [Test]
    public void System_calls_are_counted_or_the_reason_is_told()
    {
        RowResult row = Compare(Program, TextWriter.Null, new EchoCallsRow(connections: 8)).Run().Single();

        if (row.Obstacle is { } obstacle)
        {
            Assert.That(obstacle, Does.Contain("apt-get install linux-perf").Or.Contain("mount -t tracefs"));
        }
        else
        {
            Assert.That(row.Figures[1].Samples["lure"].Single(), Is.InRange(1, 20), "calls per echo");
        }
    }

    [Test]
    public void A_relay_that_ends_at_once_costs_a_sample_and_is_told_with_what_it_said()
    {
        Comparison comparison = Compare("/bin/ls", TextWriter.Null, new RestRow());
        FigureResult figure = comparison.Run().Single().Figures[0];

        Assert.That(figure.Samples["lure"], Is.EqualTo(new double?[] { null }));
        Assert.That(comparison.LureFailed, Is.True);
        Assert.That(
            comparison.Failures.Single(),
            Does.StartWith("lure, at rest: ")
                .And.EndWith("(round 1)")
                .And.Contain("ended before it listened")
                .And.Contain("ls: ")
        );
    }

    [Test]
    public void A_wrong_byte_ends_the_comparison()
    {
        Comparison comparison = Compare(Program, TextWriter.Null, new LyingRow());
        Assert.That(
            () => comparison.Run(),
            Throws.TypeOf<WrongByteException>().With.Message.EqualTo("lure, lies: byte 7")
        );
    }

    private static Comparison Compare(string program, TextWriter progress, Row row) =>
        new()
        {
            Relays = [new LureRelay(program), new BareRelay(BareProgram.Compile())],
            Rows = [row],
            Rounds = 1,
            Duration = 200_000_000,
            Seed = 1,
            Cpus = UsableCpus.OfThisThread(),
            Progress = progress,
        };

    private sealed class LyingRow : Row
    {
        public override string Key => "lies";

        public override string Title => "lies";

        public override ImmutableArray<Figure> Figures => [new("lies", 0)];

        public override BareMode? Limit => null;

        public override int Descriptors => 0;

        public override ImmutableArray<double> Measure(RelayStart start, long nanoseconds) =>
            throw new WrongByteException("byte 7");
    }
}

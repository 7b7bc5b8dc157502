using System;
using System.IO;
using System.Linq;
using Lure.Core.Loop;
using Lure.Linux.Demo;
using NUnit.Framework;

namespace Lure.Linux.Tests.Demo;

/// <summary>A row that fits, in a terminal and out of it.</summary>
[TestFixture]
internal sealed class LiveTableTests
{
    private static readonly LiveNumbers s_first = new(TimeSpan.Zero, 0, default, Median: null, Tail: null);

    private static readonly LiveNumbers s_usual = new(
        TimeSpan.FromSeconds(3.25),
        67,
        new LoopCounters
        {
            Up = 1_234_567_890,
            Down = 1_234_000_000,
            EndedNormally = 3_120,
            EndedByClient = 81,
            EndedByServer = 80,
            EndedHere = 2,
        },
        85_400,
        1_240_000
    );

    private static readonly LiveNumbers s_largest = new(
        TimeSpan.FromSeconds(99.9),
        int.MaxValue,
        new LoopCounters
        {
            Up = long.MaxValue,
            Down = long.MaxValue,
            EndedNormally = long.MaxValue,
            EndedByClient = long.MaxValue,
            EndedByServer = long.MaxValue,
            EndedHere = 9_999,
        },
        long.MaxValue,
        long.MaxValue
    );

    [Test]
    public void TheRowHoldsEachNumber() =>
        Assert.That(
            LiveTable.Row(s_usual),
            Is.EqualTo(" 3.2 s    67  1.23 GB  1.23 GB   85.4 us   1.24 ms    3120     81     80    2")
        );

    [Test]
    public void RowsAndHeadingsHaveOneWidth()
    {
        using var output = new StringWriter { NewLine = "\n" };
        new LiveTable(output, overwrite: false).Begin();
        string[] lines =
        [
            .. output.ToString().TrimEnd('\n').Split('\n'),
            LiveTable.Row(s_first),
            LiveTable.Row(s_usual),
            LiveTable.Row(s_largest),
        ];

        Assert.That(lines.Select(line => line.Length), Is.All.EqualTo(LiveTable.Width));
    }

    [Test]
    public void ATerminalSeesOneRowThatChanges()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var table = new LiveTable(output, overwrite: true);

        table.Show(s_first);
        table.Show(s_usual);
        table.End();
        table.End();

        Assert.That(output.ToString(), Is.EqualTo($"\r{LiveTable.Row(s_first)}\r{LiveTable.Row(s_usual)}\n"));
    }

    [Test]
    public void AFileGetsALineForEachRow()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var table = new LiveTable(output, overwrite: false);

        table.Show(s_first);
        table.Show(s_usual);
        table.End();

        Assert.That(output.ToString(), Is.EqualTo($"{LiveTable.Row(s_first)}\n{LiveTable.Row(s_usual)}\n"));
    }
}

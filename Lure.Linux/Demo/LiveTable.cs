using System;
using System.Globalization;
using System.IO;
using Lure.Core.Loop;

namespace Lure.Linux.Demo;

/// <summary>What one row shows.</summary>
/// <param name="Elapsed">Since the clients started.</param>
/// <param name="Open">Sessions.</param>
/// <param name="Counters">Of all workers.</param>
/// <param name="Median">ns; null before the first echo.</param>
/// <param name="Tail">ns that 99 of 100 echoes stay below; null before the first echo.</param>
internal readonly record struct LiveNumbers(
    TimeSpan Elapsed,
    int Open,
    LoopCounters Counters,
    long? Median,
    long? Tail
);

/// <summary>
/// A table whose one row is written over again and again, or, where nobody could see that, grows by
/// a row a second. No escape codes: rows have one width, so a carriage return is enough.
/// </summary>
/// <param name="output">Where to.</param>
/// <param name="overwrite">Whether it is a terminal of at least <see cref="Width"/> columns.</param>
internal sealed class LiveTable(TextWriter output, bool overwrite)
{
    /// <summary>Columns. The narrowest usual terminal has 80, and two are for the ^C that it shows.</summary>
    public const int Width = 77;

    private static readonly string s_groups =
        $"{"", 12}{"bytes from", 18}{"latency of an echo", 20}{"ended whole, or cut by", 27}";

    private static readonly string s_columns =
        $"{"time", 6}{"open", 6}{"clients", 9}{"server", 9}{"median", 10}{"p99", 10}{"whole", 8}{"client", 7}{"server", 7}{"lure", 5}";

    private bool _rowIsOpen;

    /// <summary>Between two rows.</summary>
    public TimeSpan Interval { get; } = overwrite ? TimeSpan.FromMilliseconds(250) : TimeSpan.FromSeconds(1);

    public static string Row(in LiveNumbers numbers)
    {
        LoopCounters counters = numbers.Counters;
        string time = numbers.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture) + " s";
        return $"{time, 6}{Quantity.Count(numbers.Open), 6}"
            + $"{Quantity.Bytes(counters.Up), 9}{Quantity.Bytes(counters.Down), 9}"
            + $"{Quantity.Time(numbers.Median), 10}{Quantity.Time(numbers.Tail), 10}"
            + $"{Quantity.Count(counters.EndedNormally), 8}{Quantity.Count(counters.EndedByClient), 7}"
            + $"{Quantity.Count(counters.EndedByServer), 7}{Quantity.Count(counters.EndedHere), 5}";
    }

    public void Begin()
    {
        output.WriteLine(s_groups);
        output.WriteLine(s_columns);
    }

    public void Show(in LiveNumbers numbers)
    {
        if (!overwrite)
        {
            output.WriteLine(Row(in numbers));
            return;
        }

        output.Write("\r" + Row(in numbers));
        output.Flush();
        _rowIsOpen = true;
    }

    /// <summary>Leaves the last row as it is.</summary>
    public void End()
    {
        if (_rowIsOpen)
        {
            output.WriteLine();
            _rowIsOpen = false;
        }
    }
}

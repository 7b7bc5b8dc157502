using System;
using System.CommandLine;
using Lure.Bench.Garbage;
using Lure.Bench.Load;
using Lure.Bench.Micro;

namespace Lure.Bench;

internal static class Program
{
    private const int RoundsDefault = 10;
    private const int RoundsMax = 1000;
    private const double SecondsDefault = 1;
    private const double SecondsMax = 60;
    private const int SessionsDefault = 20_000;

    private static int Main(string[] arguments)
    {
        Option<int> rounds = new("--rounds")
        {
            Description = "Samples of each figure",
            DefaultValueFactory = _ => RoundsDefault,
        };
        Option<double> seconds = new("--seconds")
        {
            Description = "Of each sample",
            DefaultValueFactory = _ => SecondsDefault,
        };
        Option<int> seed = new("--seed")
        {
            Description = "Of the order of the relays",
            DefaultValueFactory = _ => Random.Shared.Next(),
        };
        Option<string[]> rows = new("--rows")
        {
            Description = "Which of them; all by default",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. CompareCommand.Keys],
        };
        _ = rows.AcceptOnlyFromAmong([.. CompareCommand.Keys]);
        rounds.Validators.Add(given =>
            Require(given.GetValueOrDefault<int>() is >= 1 and <= RoundsMax, given, $"1 to {RoundsMax}")
        );
        seconds.Validators.Add(given =>
            Require(given.GetValueOrDefault<double>() is > 0 and <= SecondsMax, given, $"up to {SecondsMax}")
        );
        Command compare = new("compare", "Measure lure beside the relays that are installed here")
        {
            rounds,
            seconds,
            rows,
            seed,
        };
        compare.SetAction(parsed =>
            Compare(
                new ComparisonRequest(
                    parsed.GetValue(rounds),
                    parsed.GetValue(seconds),
                    [.. parsed.GetValue(rows)!],
                    parsed.GetValue(seed)
                )
            )
        );
        Option<int> sessions = new("--sessions")
        {
            Description = "Relayed and logged",
            DefaultValueFactory = _ => SessionsDefault,
        };
        Command collections = new("collections", "Count what a relay with its log on leaves to the collector")
        {
            sessions,
        };
        collections.SetAction(parsed => Collect(parsed.GetValue(sessions)));
        Command bytes = new("bytes", "Count what each hot part allocates for an operation");
        bytes.SetAction(_ => CountBytes());
        return new RootCommand("Measures lure") { compare, collections, bytes }
            .Parse(arguments)
            .Invoke();
    }

    private static void Require(bool holds, System.CommandLine.Parsing.OptionResult given, string range)
    {
        if (!holds)
        {
            given.AddError($"{given.Option.Name} is out of range: use {range}");
        }
    }

    private static int Compare(ComparisonRequest request) =>
        Try(() =>
        {
            CompareCommand.Run(request, Console.Out, Console.Error);
            return 0;
        });

    /// <returns>1 when there was a collection, or a byte allocated for each session.</returns>
    private static int Collect(int sessions) =>
        Try(() =>
        {
            CollectionReport report = CollectionCheck.Run(sessions);
            Console.Out.WriteLine(report);
            return report.Sessions == sessions && report.Collections == 0 && report.AllocatedBytes < sessions ? 0 : 1;
        });

    private static void CountBytes()
    {
        foreach (MicroBenchmark benchmark in MicroBenchmarks.All)
        {
            Console.Out.WriteLine($"{benchmark.Name, -20} {benchmark.BytesPerOperation(), 3}");
        }
    }

    private static int Try(Func<int> run)
    {
        try
        {
            return run();
        }
        catch (LoadException failure)
        {
            Console.Error.WriteLine($"failed: {failure.Message}");
            return 1;
        }
    }
}

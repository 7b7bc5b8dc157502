using System;
using System.CommandLine;
using Lure.Bench.Garbage;
using Lure.Bench.Load;
using Lure.Bench.Micro;
using Lure.Bench.Results;

namespace Lure.Bench.Commands;

/// <summary>The commands of the bench.</summary>
internal static class CommandTree
{
    private const int SessionsDefault = 20_000;

    /// <param name="arguments">As they were given: a result says how it was made.</param>
    public static RootCommand Make(string[] arguments) =>
        new("Measures lure") { CompareArguments.Make(arguments), Report(), Collections(), Micro(), Bytes() };

    /// <returns>What <paramref name="run"/> answers; 1 when it throws.</returns>
    public static int Try(Func<int> run)
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

    private static Command Report()
    {
        Argument<string> file = new("result") { Description = $"A {ResultFile.Name} that compare has written" };
        Option<string?> folder = new("--out") { Description = "A folder for the charts and a copy" };
        Option<bool> document = new("--document") { Description = "Show it in docs/performance.md" };
        Command report = new("report", "Print and draw a result that was kept") { file, folder, document };
        report.SetAction(parsed =>
            Try(() =>
            {
                ComparisonResult result = ResultFile.Load(parsed.GetValue(file)!);
                ResultOutput.Print(result, Console.Out);
                ResultOutput.Save(result, parsed.GetValue(folder), parsed.GetValue(document), Console.Out);
                return 0;
            })
        );
        return report;
    }

    /// <summary>Answers 1 when there was a collection, or a byte allocated for each session.</summary>
    private static Command Collections()
    {
        Option<int> sessions = new("--sessions")
        {
            Description = "Relayed and logged",
            DefaultValueFactory = _ => SessionsDefault,
        };
        Command collections = new("collections", "Count what a relay with its log on leaves to the collector")
        {
            sessions,
        };
        collections.SetAction(parsed =>
            Try(() =>
            {
                int asked = parsed.GetValue(sessions);
                CollectionReport report = CollectionCheck.Run(asked);
                Console.Out.WriteLine(report);
                return report.Sessions == asked && report.Collections == 0 && report.AllocatedBytes < asked ? 0 : 1;
            })
        );
        return collections;
    }

    private static Command Micro()
    {
        Command micro = new(
            "micro",
            "Time each hot part alone, and hold what it allocates to the file of allowed bytes"
        );
        micro.SetAction(_ => Try(() => MicroCommand.Run(Console.Out, Console.Error)));
        return micro;
    }

    private static Command Bytes()
    {
        Command bytes = new("bytes", "Count what each hot part allocates for an operation");
        bytes.SetAction(_ =>
        {
            foreach (MicroBenchmark benchmark in MicroBenchmarks.All)
            {
                Console.Out.WriteLine($"{benchmark.Name, -20} {benchmark.BytesPerOperation(), 3}");
            }
        });
        return bytes;
    }
}

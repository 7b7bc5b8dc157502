using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using Lure.Bench.Comparing;
using Lure.Bench.Garbage;
using Lure.Bench.Load;
using Lure.Bench.Relays;
using Lure.Bench.Results;
using Lure.Bench.Rows;
using Lure.Linux.Machine;

namespace Lure.Bench.Commands;

/// <summary>Compares lure with the relays that are installed here, and prints what came of it.</summary>
internal static class CompareCommand
{
    /// <summary>The row of lure alone.</summary>
    public const string CollectionsKey = "collections";

    private const int CollectionSessions = 20_000;
    private const double NanosecondsPerSecond = 1e9;

    public static ImmutableArray<string> Keys => [.. AllRows.InOrder.Select(row => row.Key), CollectionsKey];

    /// <returns>Whether every load of lure came through.</returns>
    /// <exception cref="LoadException">A relay returned a wrong byte, or nothing can be measured here.</exception>
    public static bool Run(ComparisonRequest request, TextWriter output, TextWriter progress)
    {
        ImmutableArray<int> cpus = UsableCpus.OfThisThread();
        if (cpus.Length < 2)
        {
            throw new LoadException("a relay and its load need a CPU each: this process may use one only");
        }

        bool passed = true;
        if (request.Rows.Any(key => key != CollectionsKey))
        {
            (ComparisonResult result, passed) = Compare(request, cpus, progress);
            ResultOutput.Print(result, output);
            ResultOutput.Save(result, request.Out, request.Document, output);
        }

        if (request.Rows.Contains(CollectionsKey))
        {
            PrintCollections(output);
        }

        return passed;
    }

    private static (ComparisonResult Result, bool Passed) Compare(
        ComparisonRequest request,
        ImmutableArray<int> cpus,
        TextWriter progress
    )
    {
        List<string> notes = [];
        ImmutableArray<RelayKind> relays = RelayChoice.Make(request.Against, request.With, notes);
        ImmutableArray<Row> rows = [.. AllRows.InOrder.Where(row => request.Rows.Contains(row.Key))];
        rows = WithDescriptors(rows, notes);
        // Threads that are started from here on inherit it, and so do processes until they are moved.
        _ = UsableCpus.TryPin(cpus[^1]);
        if (rows.Any(row => row.Workers >= cpus.Length))
        {
            notes.Add(
                FormattableString.Invariant(
                    $"with {cpus.Length} CPUs a relay of as many workers shares one of them with the load"
                )
            );
        }

        Comparison comparison = new()
        {
            Relays = relays,
            Rows = rows,
            Rounds = request.Rounds,
            Duration = (long)(request.Seconds * NanosecondsPerSecond),
            Seed = request.Seed,
            Cpus = cpus,
            Progress = progress,
        };
        string date = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        string before = MachineText.Load();
        ImmutableArray<RowResult> measured = comparison.Run();
        ComparisonResult result = new()
        {
            Machine = new MachineResult(
                MachineText.Processor(),
                cpus.Length,
                MachineText.Kernel(),
                MachineText.CongestionControl(),
                before,
                MachineText.Load()
            ),
            Run = new RunResult(
                date,
                MachineText.Commit(),
                request.Command,
                request.Rounds,
                request.Seconds,
                request.Seed
            ),
            Relays = [.. relays.Select(MachineText.Describe)],
            Rows = measured,
            Notes = [.. notes, .. comparison.Failures.Select(failure => $"a load did not come through: {failure}")],
        };
        return (result, !comparison.LureFailed);
    }

    private static ImmutableArray<Row> WithDescriptors(ImmutableArray<Row> rows, List<string> notes)
    {
        int limit = DescriptorLimit.Raise();
        foreach (Row row in rows.Where(row => row.Descriptors > limit))
        {
            notes.Add(
                FormattableString.Invariant(
                    $"{row.Key} is left out, it needs {row.Descriptors} descriptors and the hard limit is {limit}: raise it (ulimit -Hn)"
                )
            );
        }

        return [.. rows.Where(row => row.Descriptors <= limit)];
    }

    private static void PrintCollections(TextWriter output)
    {
        CollectionReport report = CollectionCheck.Run(CollectionSessions);
        output.WriteLine($"lure in process, just-in-time compiled: {report}");
        if (report.Collections > 0)
        {
            throw new LoadException("a loaded relay collected garbage");
        }
    }
}

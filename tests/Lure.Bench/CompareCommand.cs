using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Lure.Bench.Comparing;
using Lure.Bench.Garbage;
using Lure.Bench.Load;
using Lure.Bench.Relays;
using Lure.Bench.Rows;
using Lure.Linux.Machine;

namespace Lure.Bench;

/// <summary>What a comparison is asked to be.</summary>
/// <param name="Rounds">Fewer than <see cref="Quartiles.SamplesMin"/> give no figure.</param>
/// <param name="Seconds">Of the measured part of a row.</param>
/// <param name="Rows">Keys of rows.</param>
/// <param name="Seed">Of the order of the relays.</param>
internal sealed record ComparisonRequest(int Rounds, double Seconds, ImmutableArray<string> Rows, int Seed);

/// <summary>Compares lure with the relays that are installed here, and prints the table.</summary>
internal static class CompareCommand
{
    /// <summary>The row of lure alone.</summary>
    public const string CollectionsKey = "collections";

    private const string Rival = "HAProxy";
    private const string RivalAgain = "HAProxy again";
    private const int CollectionSessions = 20_000;

    public static ImmutableArray<string> Keys => [.. AllRows.InOrder.Select(row => row.Key), CollectionsKey];

    /// <exception cref="LoadException">A load did not come through.</exception>
    public static void Run(ComparisonRequest request, TextWriter output, TextWriter progress)
    {
        ImmutableArray<int> cpus = UsableCpus.OfThisThread();
        if (cpus.Length < 2)
        {
            throw new LoadException("a relay and its load need a CPU each: this process may use one only");
        }

        ImmutableArray<Row> rows = [.. AllRows.InOrder.Where(row => request.Rows.Contains(row.Key)).Where(IsPossible)];
        if (rows.Length > 0)
        {
            ImmutableArray<RelayKind> relays = Installed(output);
            // Threads that are started from here on inherit it, and so do processes until they are moved.
            _ = UsableCpus.TryPin(cpus[1]);
            Comparison comparison = new()
            {
                Relays = relays,
                Rows = rows,
                Rounds = request.Rounds,
                Duration = (long)(request.Seconds * 1e9),
                Seed = request.Seed,
                RelayCpu = cpus[0],
                Progress = progress,
            };
            Print(comparison, output);
        }

        if (request.Rows.Contains(CollectionsKey))
        {
            PrintCollections(output);
        }

        bool IsPossible(Row row)
        {
            int limit = DescriptorLimit.Raise();
            if (row.Descriptors > limit)
            {
                output.WriteLine(
                    FormattableString.Invariant(
                        $"left out: {row.Key} needs {row.Descriptors} descriptors, the hard limit is {limit}: raise it (ulimit -Hn)"
                    )
                );
            }

            return row.Descriptors <= limit;
        }
    }

    private static ImmutableArray<RelayKind> Installed(TextWriter output)
    {
        List<RelayKind> installed = [new LureRelay(LureBinary.Locate())];
        foreach (
            RelayKind rival in (RelayKind[])[new HAProxyRelay(Rival), new HAProxyRelay(RivalAgain), new NginxRelay()]
        )
        {
            if (rival.Executable is not null)
            {
                installed.Add(rival);
            }
            else
            {
                output.WriteLine($"left out: {rival.Name} is not installed: apt-get install {rival.Package}");
            }
        }

        return [.. installed];
    }

    private static void Print(Comparison comparison, TextWriter output)
    {
        foreach (string line in MachineText.Lines(comparison.Relays))
        {
            output.WriteLine(line);
        }

        output.WriteLine(
            FormattableString.Invariant(
                $"run:     {comparison.Rounds} rounds of {comparison.Duration / 1e9} s, relay on CPU {comparison.RelayCpu}, seed {comparison.Seed}"
            )
        );
        string before = MachineText.Load();
        IReadOnlyList<Measurements> measured = comparison.Run();
        output.WriteLine($"load:    {before} before, {MachineText.Load()} after");
        output.WriteLine();
        ResultTable.Write(measured, [.. comparison.Relays.Select(relay => relay.Name)], Rival, output);
        output.WriteLine();
        output.WriteLine($"Ratios are to {Rival}, round by round; {RivalAgain} shows what no difference looks like.");
        output.WriteLine(
            "CPU is what the kernel charged to all threads of a relay; rates are by the clock, and mean little while anything else runs here."
        );
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

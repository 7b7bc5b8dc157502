using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Lure.Bench.Load;
using Lure.Bench.Relays;
using Lure.Bench.Rows;

namespace Lure.Bench.Comparing;

/// <summary>
/// Relays side by side: in each round every relay is started anew for every row, in random order, so
/// that whatever else this machine does meets all of them alike.
/// </summary>
internal sealed class Comparison
{
    public required ImmutableArray<RelayKind> Relays { get; init; }

    public required ImmutableArray<Row> Rows { get; init; }

    public required int Rounds { get; init; }

    /// <summary>ns of the measured part of a row.</summary>
    public required long Duration { get; init; }

    public required int Seed { get; init; }

    /// <summary>For the relay alone; the load is on another one.</summary>
    public required int RelayCpu { get; init; }

    /// <summary>What is going on.</summary>
    public required TextWriter Progress { get; init; }

    /// <exception cref="LoadException">A load did not come through; it names the relay and the row.</exception>
    public IReadOnlyList<Measurements> Run()
    {
        Random random = new(Seed);
        ImmutableArray<Measurements> measurements = [.. Rows.Select(row => new Measurements(row))];
        for (int round = 1; round <= Rounds; round++)
        {
            foreach (Measurements row in measurements)
            {
                RelayKind[] order = [.. Relays];
                random.Shuffle(order);
                foreach (RelayKind relay in order)
                {
                    Progress.WriteLine(FormattableString.Invariant($"{round}/{Rounds} {row.Row.Key} {relay.Name}"));
                    row.Add(relay.Name, Measure(relay, row.Row));
                }
            }
        }

        return measurements;
    }

    private ImmutableArray<double> Measure(RelayKind kind, Row row)
    {
        try
        {
            // A backend for each relay: the ports that ended connections keep taken are of one relay then.
            using EchoBackend backend = new();
            using RelayProcess relay = RelayProcess.Start(kind, backend.Port, row.LogsSessions, RelayCpu);
            return Load(relay, backend, row);
        }
        catch (WrongByteException wrong)
        {
            throw new WrongByteException($"{kind.Name}, {row.Title}: {wrong.Message}");
        }
        catch (LoadException failure)
        {
            throw new LoadException($"{kind.Name}, {row.Title}: {failure.Message}");
        }
    }

    /// <summary>A backend that failed looks from the clients' side like a relay that did: so it is asked first.</summary>
    private ImmutableArray<double> Load(RelayProcess relay, EchoBackend backend, Row row)
    {
        try
        {
            return row.Measure(relay, Duration);
        }
        finally
        {
            backend.ThrowIfFailed();
        }
    }
}

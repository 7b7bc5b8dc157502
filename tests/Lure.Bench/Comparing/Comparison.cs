using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Lure.Bench.Load;
using Lure.Bench.Relays;
using Lure.Bench.Results;
using Lure.Bench.Rows;

namespace Lure.Bench.Comparing;

/// <summary>
/// Relays side by side: in each round every relay is started anew for every row, in random order, so
/// that whatever else this machine does meets all of them alike.
/// </summary>
internal sealed class Comparison
{
    /// <summary>By relay and row: what the first one said, and the rounds of all.</summary>
    private readonly Dictionary<string, (string Said, List<int> Rounds)> _failures = [];

    public required ImmutableArray<RelayKind> Relays { get; init; }

    public required ImmutableArray<Row> Rows { get; init; }

    public required int Rounds { get; init; }

    /// <summary>ns of the measured part of a row.</summary>
    public required long Duration { get; init; }

    public required int Seed { get; init; }

    /// <summary>Those that this process may use. A relay gets the first ones, as many as it has workers; the load runs on another one where there is one.</summary>
    public required ImmutableArray<int> Cpus { get; init; }

    /// <summary>What is going on.</summary>
    public required TextWriter Progress { get; init; }

    /// <summary>Loads that did not come through: each has cost a relay a sample.</summary>
    public ImmutableArray<string> Failures =>
        [
            .. _failures.Select(failure =>
                $"{failure.Key}: {failure.Value.Said} (round {string.Join(", ", failure.Value.Rounds)})"
            ),
        ];

    /// <summary>Whether the relay that is judged has lost a sample.</summary>
    public bool LureFailed { get; private set; }

    /// <exception cref="WrongByteException">A relay returned something else than was sent; it names the relay and the row.</exception>
    public ImmutableArray<RowResult> Run()
    {
        Random random = new(Seed);
        (Row Row, RowResult Result)[] rows = [.. Rows.Select(row => (row, RowResult.Of(row)))];
        for (int round = 1; round <= Rounds; round++)
        {
            foreach ((Row row, RowResult result) in rows.Where(row => row.Result.Obstacle is null))
            {
                RelayKind[] order = [.. Relays.Where(relay => relay.TakesPart(row))];
                random.Shuffle(order);
                foreach (RelayKind relay in order)
                {
                    Progress.WriteLine(FormattableString.Invariant($"{round}/{Rounds} {row.Key} {relay.Name}"));
                    ImmutableArray<double> values = Measure(relay, row, round);
                    for (int figure = 0; figure < values.Length; figure++)
                    {
                        result.Figures[figure].Add(relay.Name, values[figure]);
                    }
                }
            }
        }

        return [.. rows.Select(row => row.Result)];
    }

    private ImmutableArray<double> Measure(RelayKind kind, Row row, int round)
    {
        ImmutableArray<int> cpus = Cpus[..Math.Min(row.Workers, Cpus.Length)];
        try
        {
            return row.Measure(backendPort => RelayProcess.Start(kind, backendPort, row, cpus), Duration);
        }
        catch (WrongByteException wrong)
        {
            throw new WrongByteException($"{kind.Name}, {row.Title}: {wrong.Message}");
        }
        catch (LoadException failure)
        {
            string who = $"{kind.Name}, {row.Title}";
            string said = failure.Message.ReplaceLineEndings(" ").Trim();
            Progress.WriteLine($"failed: {who}: {said}");
            _ = _failures.TryAdd(who, (said, []));
            _failures[who].Rounds.Add(round);
            LureFailed |= kind.Role == RelayRole.Lure;
            return [.. row.Figures.Select(_ => double.NaN)];
        }
    }
}

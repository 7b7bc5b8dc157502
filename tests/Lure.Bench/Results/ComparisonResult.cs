using System.Collections.Immutable;
using System.Linq;
using Lure.Bench.Relays;

namespace Lure.Bench.Results;

/// <summary>All that a comparison has found out: tables, charts and the page are made from it, and it is what is kept.</summary>
internal sealed record ComparisonResult
{
    public required MachineResult Machine { get; init; }

    public required RunResult Run { get; init; }

    /// <summary>In the order of the tables.</summary>
    public required ImmutableArray<RelayResult> Relays { get; init; }

    public required ImmutableArray<RowResult> Rows { get; init; }

    /// <summary>What was left out or went wrong, and the cure.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    /// <returns>Null when none of that role took part.</returns>
    public string? NameOf(RelayRole role) => Relays.FirstOrDefault(relay => relay.Role == role)?.Name;
}

/// <summary>Where it was measured.</summary>
/// <param name="Processor">As the kernel names it.</param>
/// <param name="Cpus">That the process may use.</param>
/// <param name="Kernel">Its release.</param>
/// <param name="CongestionControl">Of TCP: one that paces its packets slows streams on the loopback down, whoever relays them.</param>
/// <param name="LoadBefore">The load averages over 1, 5 and 15 minutes.</param>
/// <param name="LoadAfter">The same, at the end: above 2 something else was at work.</param>
internal sealed record MachineResult(
    string Processor,
    int Cpus,
    string Kernel,
    string CongestionControl,
    string LoadBefore,
    string LoadAfter
);

/// <summary>What was run.</summary>
/// <param name="Date">Of its beginning, in UTC, as ISO 8601.</param>
/// <param name="Commit">Of the checkout, short; with a word when files had been changed.</param>
/// <param name="Command">That runs it again.</param>
/// <param name="Rounds">Of each row.</param>
/// <param name="Seconds">Of the measured part of each sample.</param>
/// <param name="Seed">Of the order of the relays.</param>
internal sealed record RunResult(string Date, string Commit, string Command, int Rounds, double Seconds, int Seed);

/// <summary>A relay that took part.</summary>
/// <param name="Name">In the tables.</param>
/// <param name="Role">What it was there for.</param>
/// <param name="Version">As it tells it.</param>
internal sealed record RelayResult(string Name, RelayRole Role, string Version);

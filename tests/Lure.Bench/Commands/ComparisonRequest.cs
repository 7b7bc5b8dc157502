using System.Collections.Immutable;

namespace Lure.Bench.Commands;

/// <summary>What a comparison is asked to be.</summary>
internal sealed record ComparisonRequest
{
    /// <summary>Fewer than <see cref="Results.Quartiles.SamplesMin"/> give no figure.</summary>
    public required int Rounds { get; init; }

    /// <summary>Of the measured part of a row.</summary>
    public required double Seconds { get; init; }

    /// <summary>Of the order of the relays.</summary>
    public required int Seed { get; init; }

    /// <summary>Keys of rows.</summary>
    public required ImmutableArray<string> Rows { get; init; }

    /// <summary>Words of <see cref="RelayChoice"/>.</summary>
    public required ImmutableArray<string> Against { get; init; }

    /// <summary>Settings that lure is compared with itself in.</summary>
    public required ImmutableArray<string> With { get; init; }

    /// <summary>The folder for the result and the charts; null for none.</summary>
    public string? Out { get; init; }

    /// <summary>Whether docs/performance.md gets the result as well.</summary>
    public bool Document { get; init; }

    /// <summary>The command line that asked for it.</summary>
    public required string Command { get; init; }
}

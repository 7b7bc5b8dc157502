using System.Collections.Immutable;
using Lure.Bench.Rows;

namespace Lure.Bench.Results;

/// <summary>What was measured of one row.</summary>
internal sealed record RowResult
{
    public required string Key { get; init; }

    public required string Title { get; init; }

    /// <summary>Arguments of lure beside its defaults.</summary>
    public ImmutableArray<string> LureSettings { get; init; } = [];

    /// <summary>Why nothing was measured; null when something was.</summary>
    public string? Obstacle { get; init; }

    public required ImmutableArray<FigureResult> Figures { get; init; }

    /// <summary>A row that nothing was measured of yet.</summary>
    public static RowResult Of(Row row) =>
        new()
        {
            Key = row.Key,
            Title = row.Title,
            LureSettings = row.LureSettings,
            Obstacle = row.Obstacle,
            Figures = [.. System.Linq.Enumerable.Select(row.Figures, figure => new FigureResult { Figure = figure })],
        };
}

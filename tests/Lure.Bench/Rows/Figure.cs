namespace Lure.Bench.Rows;

/// <summary>Which of two values is the better one.</summary>
internal enum Better
{
    Lower,
    Higher,
}

/// <summary>When a figure of lure is good enough.</summary>
internal enum FigureRule
{
    /// <summary>It is shown, and not judged.</summary>
    Shown,

    /// <summary>Ahead of the reference and of the rival by more than the resolution, or within 5 % of the bare loop.</summary>
    AheadOfRivals,

    /// <summary>At most a tenth above the bare loop.</summary>
    CloseToLimit,

    /// <summary>Below <see cref="Figure.Bound"/>, whatever others do.</summary>
    BelowBound,
}

/// <summary>One number of a row.</summary>
/// <param name="Name">With its unit.</param>
/// <param name="Decimals">Shown; more would be noise.</param>
internal sealed record Figure(string Name, int Decimals)
{
    public Better Better { get; init; }

    public FigureRule Rule { get; init; }

    /// <summary>Of <see cref="FigureRule.BelowBound"/>.</summary>
    public double? Bound { get; init; }

    /// <summary>The ratio to the reference where lure wants to be; null for none.</summary>
    public double? ReachRatio { get; init; }

    /// <summary>The value where lure wants to be; null for none.</summary>
    public double? ReachValue { get; init; }
}

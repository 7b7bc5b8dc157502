namespace Lure.Bench.Relays;

/// <summary>What a relay is there for in a comparison.</summary>
internal enum RelayRole
{
    /// <summary>It is judged.</summary>
    Lure,

    /// <summary>All ratios are to it.</summary>
    Reference,

    /// <summary>The reference once more, in the same configuration: what no difference looks like.</summary>
    Null,

    /// <summary>The reference in its other configuration. In each figure the better of the two counts.</summary>
    Alternative,

    /// <summary>To be ahead of as well.</summary>
    Rival,

    /// <summary>A loop without a program around it: how fast this machine allows to be.</summary>
    Limit,

    /// <summary>Shown, and judged by nobody.</summary>
    Other,
}

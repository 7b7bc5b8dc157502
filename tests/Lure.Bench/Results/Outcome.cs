namespace Lure.Bench.Results;

/// <summary>What a judged figure comes to.</summary>
internal enum Outcome
{
    /// <summary>Too few samples, or somebody to be compared with is missing.</summary>
    Open,

    /// <summary>Ahead of everybody by more than the resolution, or below the bound.</summary>
    Met,

    /// <summary>Not ahead, and as near to the bare loop as is asked.</summary>
    AtLimit,

    /// <summary>Neither ahead of everybody nor behind anybody by more than the resolution.</summary>
    Equal,

    /// <summary>Behind somebody by more than the resolution, or above the bound.</summary>
    Behind,
}

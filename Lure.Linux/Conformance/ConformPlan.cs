using Lure.Sim.Conformance;
using Lure.Sim.Conformance.Twin;

namespace Lure.Linux.Conformance;

/// <summary>What <c>lure conform</c> is to do: scripts of seeds for a while, or one script with all its answers.</summary>
internal sealed record ConformPlan
{
    /// <summary>How long to play scripts.</summary>
    public int Seconds { get; init; } = 10;

    /// <summary>The first seed.</summary>
    public ulong From { get; init; } = 1;

    /// <summary>Twin scripts only.</summary>
    public bool Twin { get; init; }

    /// <summary>The only seed.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The only script, of calls.</summary>
    public Step[]? Script { get; init; }

    /// <summary>The only script, of a relay.</summary>
    public TwinScript? TwinScript { get; init; }
}

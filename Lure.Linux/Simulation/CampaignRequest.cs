namespace Lure.Linux.Simulation;

/// <summary>How much of a campaign is to be run.</summary>
internal sealed record CampaignRequest
{
    /// <summary>Null: until the seeds have run.</summary>
    public int? Seconds { get; init; }

    /// <summary>Null: until the time is over.</summary>
    public int? Seeds { get; init; }

    /// <summary>The first seed.</summary>
    public ulong From { get; init; }

    /// <summary>Threads; null for one a CPU.</summary>
    public int? Jobs { get; init; }
}

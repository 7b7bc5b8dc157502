namespace Lure.Sim.Campaigns;

/// <summary>A seed that failed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Claim">What does not hold.</param>
internal readonly record struct CampaignFailure(ulong Seed, string Claim);

using Lure.Sim.Conformance;

namespace Lure.Linux.Conformance;

/// <summary>What <c>lure conform</c> is to do.</summary>
/// <param name="Seconds">How long to play scripts; 0 plays one.</param>
/// <param name="Seed">The first seed, or the only one.</param>
/// <param name="Script">Played instead of a seed's.</param>
internal sealed record ConformPlan(int Seconds, ulong Seed, Step[]? Script);

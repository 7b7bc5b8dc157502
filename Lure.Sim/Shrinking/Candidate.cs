using System.Collections.Immutable;
using Lure.Sim.Scripts;

namespace Lure.Sim.Shrinking;

/// <summary>A script that fails, and the calls that its pins belong to by what these calls are.</summary>
/// <param name="Script">Its pins have the numbers of the calls.</param>
/// <param name="Anchors">One for each pin.</param>
/// <param name="Calls">After so many it fails.</param>
internal sealed record Candidate(Script Script, ImmutableArray<Anchor> Anchors, long Calls)
{
    public int Pins => Script.Pins.Length;
}

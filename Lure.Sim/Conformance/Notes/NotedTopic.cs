using System.Collections.Generic;

namespace Lure.Sim.Conformance.Notes;

/// <summary>Scripts about one thing.</summary>
public sealed record NotedTopic(string Title, IReadOnlyList<NamedScript> Scripts);

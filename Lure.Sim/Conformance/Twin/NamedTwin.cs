namespace Lure.Sim.Conformance.Twin;

/// <summary>One thing that a relay does, and the twin script that shows it on both kernels.</summary>
/// <param name="Name">What the test is called.</param>
/// <param name="Script">A <see cref="TwinScript"/>.</param>
/// <param name="Ends">What each peer received and how it ended, then the codes of the end records (docs/endings.md).</param>
public sealed record NamedTwin(string Name, string Script, string Ends);

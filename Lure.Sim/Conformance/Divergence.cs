namespace Lure.Sim.Conformance;

/// <summary>A script that the two kernels answer differently.</summary>
/// <param name="Seed">Whose script it was before it was shrunk.</param>
/// <param name="Script">What is left of it.</param>
/// <param name="Fake">What the fake kernel answered.</param>
/// <param name="Actual">What the real one did.</param>
public sealed record Divergence(ulong Seed, string Script, string Fake, string Actual);

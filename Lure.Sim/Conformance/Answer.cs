namespace Lure.Sim.Conformance;

/// <summary>What a kernel answered to one call.</summary>
/// <param name="Result">The result: a count, a mask, 0, or minus errno; of a new descriptor 0.</param>
/// <param name="Detail">What else can be told: a hash of the bytes that were read, the events, whose number a new descriptor has.</param>
public readonly record struct Answer(int Result, ulong Detail);

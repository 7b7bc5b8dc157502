using System.Collections.Immutable;

namespace Lure.Sim.Scripts;

/// <summary>What the end record of a client's session has to say.</summary>
/// <param name="Client">Number of the client, from 0 on.</param>
/// <param name="Fields">Names and values, as the log prints them (docs/endings.md).</param>
public sealed record EndExpectation(int Client, ImmutableArray<EndField> Fields);

/// <summary>One field of a record.</summary>
public readonly record struct EndField(string Name, string Value);

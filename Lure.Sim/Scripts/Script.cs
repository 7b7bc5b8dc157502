using System.Collections.Immutable;
using Lure.Core.Backends;
using Lure.Core.Loop;
using Lure.Sim.Actors;
using Lure.Sim.Running;

namespace Lure.Sim.Scripts;

/// <summary>
/// A whole simulation as text: bounds, peers, what happens at which call, and what has to come of it.
/// The language is told in docs/simulation.md.
/// </summary>
public sealed record Script
{
    /// <summary>The bounds of a script that says nothing of them.</summary>
    public static Plan Defaults { get; } =
        new()
        {
            Loop = new LoopOptions
            {
                Sessions = 16,
                BlockBytes = 64,
                Listeners = 4,
            },
            Backends = [new BackendSpec { Name = "b1", Servers = [new ServerSpec { Name = "s1", Address = default }] }],
        };

    /// <summary>Lines above everything else, without their marks.</summary>
    public ImmutableArray<string> Comments { get; init; } = [];

    public Plan Plan { get; init; } = Defaults;

    /// <summary>In the order of their numbers.</summary>
    public ImmutableArray<ClientPart> Clients { get; init; } = [];

    /// <summary>The programs of servers' connections: of single ones, or of all others of a server.</summary>
    public ImmutableArray<ServerPart> Servers { get; init; } = [];

    /// <summary>What happens beside the default schedule, in its order where it is pinned to one moment.</summary>
    public ImmutableArray<Pin> Pins { get; init; } = [];

    public ImmutableArray<EndExpectation> Ends { get; init; } = [];

    /// <summary>The check that has to fail; null when everything has to hold.</summary>
    public string? Fails { get; init; }

    /// <summary>Reads a script.</summary>
    /// <param name="text">The whole of it.</param>
    /// <param name="fileName">For messages.</param>
    /// <exception cref="ScriptException">Says what is wrong, where, and what was expected: all that was found.</exception>
    public static Script Parse(string text, string fileName) => ScriptReader.Read(text, fileName);

    /// <summary>The script as text, which reads back as the same script.</summary>
    public string ToText() => ScriptWriter.Write(this);
}

/// <summary>A client.</summary>
/// <param name="Front">Where it connects to, from 0 on.</param>
/// <param name="Program">What it does.</param>
public sealed record ClientPart(int Front, ImmutableArray<Step> Program);

/// <summary>What the connections of a server do.</summary>
/// <param name="Connection">Which.</param>
/// <param name="Program">What it does.</param>
public sealed record ServerPart(ActorName Connection, ImmutableArray<Step> Program);

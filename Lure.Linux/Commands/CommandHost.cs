using System;
using System.Collections.Immutable;
using System.IO;
using Lure.Linux.Configuration;
using Lure.Linux.Simulation;
using Lure.Sim.Entropy;

namespace Lure.Linux.Commands;

/// <summary>All that the command line touches beside its arguments and files.</summary>
internal sealed record CommandHost
{
    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    public required NameLookup Names { get; init; }

    /// <summary>Relays until it is told to end. The exit code.</summary>
    public required Func<Settings, int> Relay { get; init; }

    /// <summary>Shows a relay at work on TCP addresses. The exit code.</summary>
    public required Func<ImmutableArray<BindAddress>, int> Demo { get; init; }

    /// <summary>Runs seeds on the fake kernel. The exit code.</summary>
    public required Func<CampaignRequest, int> Campaign { get; init; }

    /// <summary>Plays one seed or tape on the fake kernel. The exit code.</summary>
    public required Func<Tape, int> Replay { get; init; }

    /// <summary>Looks into what is claimed of this binary. The exit code.</summary>
    public required Func<int> SelfTest { get; init; }

    /// <summary>Makes a ring and gives it back. 0, or the errno of a refusal.</summary>
    public required Func<int> AskForRing { get; init; }

    /// <summary>Tries everything in a small world on the fake kernel. The exit code.</summary>
    public required Func<int> Exhaust { get; init; }
}

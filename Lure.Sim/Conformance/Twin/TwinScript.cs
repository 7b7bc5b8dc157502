using System.Collections.Immutable;

namespace Lure.Sim.Conformance.Twin;

/// <summary>A relay with two servers, and what happens to it.</summary>
public sealed record TwinScript
{
    /// <summary>Clients come by a unix socket.</summary>
    public bool UnixFront { get; init; }

    /// <summary>The servers listen on unix sockets.</summary>
    public bool UnixBack { get; init; }

    /// <summary>Bytes of a block of the loop.</summary>
    public int Block { get; init; } = 4096;

    /// <summary>Bytes that a direction may move in a turn.</summary>
    public int Budget { get; init; } = 64 * 1024;

    /// <summary>Events that the loop takes in a turn.</summary>
    public int Events { get; init; } = 64;

    /// <summary>Pipes for bulk streams; 0: all is copied.</summary>
    public int Pipes { get; init; }

    public required ImmutableArray<TwinStep> Steps { get; init; }
}

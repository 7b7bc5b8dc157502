using System;
using System.Collections.Immutable;
using System.Net;
using Lure.Linux.Configuration;

namespace Lure.Linux.Demo;

/// <summary>What a demonstration does.</summary>
internal sealed record DemoPlan
{
    /// <summary>TCP.</summary>
    public required ImmutableArray<BindAddress> Binds { get; init; }

    /// <summary>An echo server.</summary>
    public required IPEndPoint Server { get; init; }

    /// <summary>How long it drives connections through the relay.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Clients that keep one connection.</summary>
    public int StayingClients { get; init; } = 64;

    /// <summary>Clients that open one connection after the other.</summary>
    public int PassingClients { get; init; } = 8;

    /// <summary>What sessions have to finish in when it ends.</summary>
    public TimeSpan DrainDeadline { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Where the lines of sessions made by hand go; 1 is stdout.</summary>
    public int LogDescriptor { get; init; } = 1;
}

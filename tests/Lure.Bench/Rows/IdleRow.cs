using System;
using System.Collections.Immutable;
using System.Threading;
using Lure.Bench.Load;
using Lure.Bench.Relays;

namespace Lure.Bench.Rows;

/// <summary>Memory of connections that have echoed once and do nothing: the slope, so that what a relay takes at its start is left out.</summary>
internal sealed class IdleRow : EchoBackedRow
{
    private const int Fewer = 2_000;
    private const int More = 8_000;
    private const int MessageBytes = 64;
    private const double Reach = 0.1;

    /// <summary>Two of each connection in the relay, and likewise here: the client's and the backend's.</summary>
    private const int DescriptorsNeeded = (2 * More) + 200;

    /// <summary>ms for the relay to come to rest.</summary>
    private const int SettleMilliseconds = 50;

    /// <inheritdoc/>
    public override string Key => "idle";

    /// <inheritdoc/>
    public override string Title => FormattableString.Invariant($"idle connections, {Fewer} to {More}");

    /// <inheritdoc/>
    public override ImmutableArray<Figure> Figures =>
        [
            new("RSS of each, bytes", 0) { Rule = FigureRule.AheadOfRivals, ReachRatio = Reach },
            new("RSS with all of them, MB", 1),
        ];

    /// <inheritdoc/>
    public override BareMode? Limit => null;

    /// <inheritdoc/>
    public override int Descriptors => DescriptorsNeeded;

    /// <inheritdoc/>
    protected override ImmutableArray<double> Load(RelayProcess relay, long nanoseconds)
    {
        using LoadGenerator load = new(relay.Port, More, MessageBytes);
        load.OpenTo(Fewer);
        Thread.Sleep(SettleMilliseconds);
        long fewer = relay.ResidentBytes;
        load.OpenTo(More);
        Thread.Sleep(SettleMilliseconds);
        long more = relay.ResidentBytes;
        return [(more - fewer) / (double)(More - Fewer), more / Rate.BytesPerMegabyte];
    }
}

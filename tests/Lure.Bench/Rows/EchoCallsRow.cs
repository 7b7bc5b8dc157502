using System;
using System.Collections.Immutable;
using Lure.Bench.Load;
using Lure.Bench.Relays;
using Lure.Bench.Tracing;
using Lure.Linux.Kernel;

namespace Lure.Bench.Rows;

/// <summary>System calls of a relay under echoes, and how often it sleeps.</summary>
/// <param name="connections">At a time, all of them busy.</param>
internal sealed class EchoCallsRow(int connections) : EchoBackedRow
{
    private const int MessageBytes = 64;
    private const int WarmUpShare = 4;
    private const int DescriptorsPerConnection = 2;
    private const int DescriptorsBeside = 100;
    private const double Percent = 100;

    /// <summary>
    /// The message that can be read from the client, and its echo that can be read from the server.
    /// No relay can do with fewer, and one that is told more often is not made to look better by it.
    /// </summary>
    private const int ReportsPerEcho = 2;

    /// <summary>See <see cref="Figure.Bound"/>, of the calls for a hundred reports.</summary>
    public double? Bound { get; init; }

    /// <summary>See <see cref="Figure.ReachValue"/>, of the same figure.</summary>
    public double? Reach { get; init; }

    /// <summary>What sets this row apart from the one with lure's defaults, in a word; empty for that one.</summary>
    public string Variant { get; init; } = "";

    public ImmutableArray<string> Settings { get; init; } = [];

    /// <inheritdoc/>
    public override ImmutableArray<string> LureSettings => Settings;

    /// <inheritdoc/>
    public override string Key =>
        FormattableString.Invariant($"calls-{connections}{(Variant.Length == 0 ? "" : "-")}{Variant}");

    /// <inheritdoc/>
    public override string Title =>
        FormattableString.Invariant(
            $"system calls, {connections:N0} busy connections{(Variant.Length == 0 ? "" : ", lure with ")}{Variant}"
        );

    /// <inheritdoc/>
    public override string? Obstacle => SystemCallCounter.Obstacle;

    /// <inheritdoc/>
    public override ImmutableArray<Figure> Figures =>
        [
            new("for 100 readiness reports", 1)
            {
                Rule = Bound is null ? FigureRule.Shown : FigureRule.BelowBound,
                Bound = Bound,
                ReachValue = Reach,
            },
            new("per echo", 2),
            new("sleeps per echo", 3),
            new("share of its CPU in use, %", 0),
        ];

    /// <inheritdoc/>
    public override int Descriptors => (connections * DescriptorsPerConnection) + DescriptorsBeside;

    /// <inheritdoc/>
    protected override ImmutableArray<double> Load(RelayProcess relay, long nanoseconds)
    {
        using LoadGenerator load = new(relay.Port, connections, MessageBytes) { EchoesAtLeast = Rate.OperationsMin };
        load.OpenTo(connections);
        _ = load.EchoFor(nanoseconds / WarmUpShare);
        using SystemCallCounter counter = SystemCallCounter.Start(relay.Processes);
        long sleeps = relay.Sleeps;
        long cpu = relay.CpuNanoseconds;
        long start = MonotonicClock.Now();
        long echoes = load.EchoFor(nanoseconds);
        long elapsed = MonotonicClock.Now() - start;
        cpu = relay.CpuNanoseconds - cpu;
        sleeps = relay.Sleeps - sleeps;
        double each = Rate.Each(counter.Stop(), echoes);
        return [Percent * each / ReportsPerEcho, each, Rate.Each(sleeps, echoes), Percent * cpu / elapsed];
    }
}

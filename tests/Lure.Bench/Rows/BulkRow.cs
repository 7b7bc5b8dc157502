using System;
using System.Collections.Immutable;
using Lure.Bench.Load;
using Lure.Bench.Relays;
using Lure.Linux.Kernel;

namespace Lure.Bench.Rows;

/// <summary>Streams that run one way as fast as the relay lets them.</summary>
/// <param name="direction">From whom to whom.</param>
/// <param name="streams">At a time.</param>
internal sealed class BulkRow(BulkDirection direction, int streams) : Row
{
    /// <summary>The share of the time before the measured part: windows grow, and a relay finds out what it carries.</summary>
    private const int WarmUpShare = 4;

    /// <summary>A pipe each way of each stream, where a relay has them.</summary>
    private const int DescriptorsPerStream = 6;

    private const int DescriptorsBeside = 100;
    private const double ReachRate = 1.25;
    private const double ReachCpu = 0.8;

    public int WorkerCount { get; init; } = 1;

    /// <inheritdoc/>
    public override int Workers => WorkerCount;

    /// <inheritdoc/>
    public override string Key => FormattableString.Invariant($"{Word}-{streams}{WorkerText.Suffix(Workers)}");

    /// <inheritdoc/>
    public override string Title =>
        FormattableString.Invariant($"{Word}, {streams} streams") + WorkerText.Words(Workers);

    /// <inheritdoc/>
    public override BareMode? Limit => BareMode.Splice;

    /// <inheritdoc/>
    public override ImmutableArray<Figure> Figures =>
        [
            new("MB/s", 0)
            {
                Better = Better.Higher,
                Rule = Rule,
                ReachRatio = ReachRate,
            },
            new("CPU per GB, s", 3) { Rule = Rule, ReachRatio = ReachCpu },
        ];

    /// <inheritdoc/>
    public override int Descriptors => (streams * DescriptorsPerStream) + DescriptorsBeside;

    private string Word => direction == BulkDirection.Download ? "download" : "upload";

    private FigureRule Rule => Workers == 1 ? FigureRule.AheadOfRivals : FigureRule.Shown;

    /// <inheritdoc/>
    public override ImmutableArray<double> Measure(RelayStart start, long nanoseconds)
    {
        using BulkLoad load = new(direction, streams) { BytesAtLeast = Rate.BytesMin };
        using RelayProcess relay = start(load.Port);
        load.Open(relay.Port);
        load.RunFor(nanoseconds / WarmUpShare);
        long cpu = relay.CpuNanoseconds;
        long begin = MonotonicClock.Now();
        long bytes = load.RunFor(nanoseconds);
        long elapsed = MonotonicClock.Now() - begin;
        cpu = relay.CpuNanoseconds - cpu;
        load.Finish();
        return [Rate.MegabytesPerSecond(bytes, elapsed), Rate.SecondsPerGigabyte(cpu, bytes)];
    }
}

using System;
using System.Collections.Immutable;
using System.Linq;
using HdrHistogram;
using Lure.Bench.Load;
using Lure.Bench.Relays;
using Lure.Linux.Kernel;

namespace Lure.Bench.Rows;

/// <summary>Connections that stay open and echo over and over.</summary>
/// <param name="connections">At a time.</param>
/// <param name="bytes">Of a message.</param>
internal sealed class EchoRow(int connections, int bytes) : EchoBackedRow
{
    /// <summary>The share of the time that is spent before the measured part, for caches and pools to fill.</summary>
    private const int WarmUpShare = 4;

    private const int DescriptorsPerConnection = 2;
    private const int DescriptorsBeside = 100;

    /// <summary>Messages from here on are a load of bytes, smaller ones of messages.</summary>
    private const int LargeBytes = 16 * 1024;

    private static readonly ImmutableArray<double> s_percentiles = [50, 99];
    private static readonly ImmutableArray<double> s_percentilesOfOne = [50, 90, 99, 99.9];

    /// <summary>The figure that is judged; null for none.</summary>
    public EchoFigure? Judged { get; init; }

    /// <summary>See <see cref="Figure.ReachRatio"/>.</summary>
    public double? Reach { get; init; }

    public int WorkerCount { get; init; } = 1;

    /// <inheritdoc/>
    public override int Workers => WorkerCount;

    /// <inheritdoc/>
    public override string Key =>
        FormattableString.Invariant($"echo-{connections}{(IsBytes ? "-16k" : "")}{WorkerText.Suffix(Workers)}");

    /// <inheritdoc/>
    public override string Title =>
        FormattableString.Invariant($"echo, {connections:N0} connection{(connections == 1 ? "" : "s")}, {Size}")
        + WorkerText.Words(Workers);

    /// <inheritdoc/>
    public override BareMode? Limit => connections == 1 ? BareMode.CopyAndSpin : BareMode.Copy;

    /// <inheritdoc/>
    public override ImmutableArray<Figure> Figures =>
        [
            Judge(EchoFigure.Cpu, new Figure("CPU per echo, µs", 2)),
            IsBytes
                ? Judge(EchoFigure.Throughput, new Figure("MB/s each way", 1) { Better = Better.Higher })
                : new Figure("echoes a second", 0) { Better = Better.Higher },
            .. Percentiles.Select(percentile =>
                Judge(EchoFigure.Latency, new Figure(FormattableString.Invariant($"latency p{percentile}, µs"), 1))
            ),
        ];

    /// <inheritdoc/>
    public override int Descriptors => (connections * DescriptorsPerConnection) + DescriptorsBeside;

    private bool IsBytes => bytes >= LargeBytes;

    /// <summary>Of many connections on one CPU the tail tells of the queue that they form, so it is not looked at closely.</summary>
    private ImmutableArray<double> Percentiles => connections == 1 ? s_percentilesOfOne : s_percentiles;

    private string Size =>
        bytes >= 1024 ? FormattableString.Invariant($"{bytes / 1024} KiB") : FormattableString.Invariant($"{bytes} B");

    /// <inheritdoc/>
    protected override ImmutableArray<double> Load(RelayProcess relay, long nanoseconds)
    {
        using LoadGenerator load = new(relay.Port, connections, bytes) { EchoesAtLeast = Rate.OperationsMin };
        load.OpenTo(connections);
        _ = load.EchoFor(nanoseconds / WarmUpShare);
        load.Latency.Reset();
        long cpu = relay.CpuNanoseconds;
        long start = MonotonicClock.Now();
        long echoes = load.EchoFor(nanoseconds);
        long elapsed = MonotonicClock.Now() - start;
        cpu = relay.CpuNanoseconds - cpu;
        double rate = Rate.PerSecond(echoes, elapsed);
        return
        [
            Rate.MicrosecondsEach(cpu, echoes),
            IsBytes ? rate * bytes / Rate.BytesPerMegabyte : rate,
            .. Percentiles.Select(percentile => Percentile(load.Latency, percentile)),
        ];
    }

    private static double Percentile(LongHistogram latency, double percentile) =>
        latency.TotalCount < Rate.OperationsMin
            ? double.NaN
            : latency.GetValueAtPercentile(percentile) / Rate.NanosecondsPerMicrosecond;

    private Figure Judge(EchoFigure kind, Figure figure) =>
        kind == Judged && (kind != EchoFigure.Latency || figure.Name.Contains("p50,", StringComparison.Ordinal))
            ? figure with
            {
                Rule = FigureRule.AheadOfRivals,
                ReachRatio = Reach,
            }
            : figure;
}

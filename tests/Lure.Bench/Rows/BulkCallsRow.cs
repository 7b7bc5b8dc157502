using System.Collections.Immutable;
using Lure.Bench.Load;
using Lure.Bench.Relays;
using Lure.Bench.Tracing;

namespace Lure.Bench.Rows;

/// <summary>System calls of a relay under streams.</summary>
internal sealed class BulkCallsRow : Row
{
    private const int Streams = 64;
    private const int WarmUpShare = 4;
    private const int DescriptorsMin = 500;

    /// <inheritdoc/>
    public override string Key => "download-calls";

    /// <inheritdoc/>
    public override string Title => "system calls, download, 64 streams";

    /// <inheritdoc/>
    public override BareMode? Limit => BareMode.Splice;

    /// <inheritdoc/>
    public override string? Obstacle => SystemCallCounter.Obstacle;

    /// <inheritdoc/>
    public override ImmutableArray<Figure> Figures => [new("per MB", 1), new("sleeps per MB", 2)];

    /// <inheritdoc/>
    public override int Descriptors => DescriptorsMin;

    /// <inheritdoc/>
    public override ImmutableArray<double> Measure(RelayStart start, long nanoseconds)
    {
        using BulkLoad load = new(BulkDirection.Download, Streams) { BytesAtLeast = Rate.BytesMin };
        using RelayProcess relay = start(load.Port);
        load.Open(relay.Port);
        _ = load.RunFor(nanoseconds / WarmUpShare);
        using SystemCallCounter counter = SystemCallCounter.Start(relay.Processes);
        long sleeps = relay.Sleeps;
        long bytes = load.RunFor(nanoseconds);
        sleeps = relay.Sleeps - sleeps;
        long calls = counter.Stop();
        load.Finish();
        return
        [
            Rate.PerBytes(calls, bytes, Rate.BytesPerMegabyte),
            Rate.PerBytes(sleeps, bytes, Rate.BytesPerMegabyte),
        ];
    }
}

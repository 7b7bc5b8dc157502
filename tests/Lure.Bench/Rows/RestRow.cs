using System.Collections.Immutable;
using System.Threading;
using Lure.Bench.Load;
using Lure.Bench.Relays;
using Lure.Linux.Kernel;

namespace Lure.Bench.Rows;

/// <summary>A relay to which nothing comes: its memory after its start, and what it uses of the CPU while a connection is open and silent.</summary>
internal sealed class RestRow : EchoBackedRow
{
    private const int DescriptorsMin = 100;
    private const int MessageBytes = 64;
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>ms for the start, and for the echo after it, to be over.</summary>
    private const int SettleMilliseconds = 200;

    /// <inheritdoc/>
    public override string Key => "rest";

    /// <inheritdoc/>
    public override string Title => "at rest";

    /// <inheritdoc/>
    public override ImmutableArray<Figure> Figures =>
        [
            new("RSS, MB", 1) { Rule = FigureRule.AheadOfRivals, ReachRatio = 1 },
            new("CPU with a silent connection, ms a second", 2),
        ];

    /// <inheritdoc/>
    public override BareMode? Limit => null;

    /// <inheritdoc/>
    public override int Descriptors => DescriptorsMin;

    /// <inheritdoc/>
    protected override ImmutableArray<double> Load(RelayProcess relay, long nanoseconds)
    {
        Thread.Sleep(SettleMilliseconds);
        long bytes = relay.ResidentBytes;
        using LoadGenerator load = new(relay.Port, clients: 1, MessageBytes);
        load.OpenTo(1);
        Thread.Sleep(SettleMilliseconds);
        long start = MonotonicClock.Now();
        long cpu = relay.CpuNanoseconds;
        Thread.Sleep((int)(nanoseconds / NanosecondsPerMillisecond));
        cpu = relay.CpuNanoseconds - cpu;
        double seconds = (MonotonicClock.Now() - start) / Rate.NanosecondsPerSecond;
        return [bytes / Rate.BytesPerMegabyte, cpu / NanosecondsPerMillisecond / seconds];
    }
}

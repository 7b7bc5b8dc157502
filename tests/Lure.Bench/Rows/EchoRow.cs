using System;
using System.Collections.Immutable;
using Lure.Bench.Load;
using Lure.Bench.Relays;
using Lure.Linux.Kernel;

namespace Lure.Bench.Rows;

/// <summary>Connections that stay open and echo over and over.</summary>
/// <param name="connections">At a time.</param>
/// <param name="bytes">Of a message.</param>
internal sealed class EchoRow(int connections, int bytes) : Row
{
    /// <summary>The share of the time that is spent before the measured part, for caches and pools to fill.</summary>
    private const int WarmUpShare = 4;

    private const int DescriptorsPerConnection = 2;
    private const int DescriptorsBeside = 100;

    /// <inheritdoc/>
    public override string Key => FormattableString.Invariant($"echo-{connections}");

    /// <inheritdoc/>
    public override string Title => FormattableString.Invariant($"echo, {connections} connections, {bytes} B");

    /// <inheritdoc/>
    public override ImmutableArray<Figure> Figures => [new("CPU per echo, µs", 2), new("echoes a second", 0)];

    /// <inheritdoc/>
    public override int Descriptors => (connections * DescriptorsPerConnection) + DescriptorsBeside;

    /// <inheritdoc/>
    public override ImmutableArray<double> Measure(RelayProcess relay, long nanoseconds)
    {
        using LoadGenerator load = new(relay.Port, connections, bytes);
        load.OpenTo(connections);
        _ = load.EchoFor(nanoseconds / WarmUpShare);
        long cpu = relay.CpuNanoseconds;
        long start = MonotonicClock.Now();
        long echoes = load.EchoFor(nanoseconds);
        long elapsed = MonotonicClock.Now() - start;
        cpu = relay.CpuNanoseconds - cpu;
        return [Rate.MicrosecondsEach(cpu, echoes), Rate.PerSecond(echoes, elapsed)];
    }
}

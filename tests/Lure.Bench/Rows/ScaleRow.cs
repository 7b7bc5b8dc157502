using System;
using System.Collections.Immutable;
using System.Linq;
using Lure.Bench.Load;
using Lure.Bench.Relays;

namespace Lure.Bench.Rows;

/// <summary>What an echo costs the more connections take part: all of them busy, on one relay that is not started anew in between.</summary>
internal sealed class ScaleRow : EchoBackedRow
{
    public const string RowKey = "scale";
    private const int MessageBytes = 64;
    private const int WarmUpShare = 4;
    private const int Few = 64;

    /// <summary>Two of each connection in the relay, and likewise here: the client's and the backend's.</summary>
    private const int DescriptorsPerConnection = 2;

    private const int DescriptorsBeside = 200;

    /// <summary>Connections, ascending.</summary>
    public static ImmutableArray<int> Steps { get; } = [10, Few, 100, 1_000, 8_000];

    /// <inheritdoc/>
    public override string Key => RowKey;

    /// <inheritdoc/>
    public override string Title => "echo, 64 B, more and more connections";

    /// <inheritdoc/>
    public override ImmutableArray<Figure> Figures =>
        [
            .. Steps.Select(step => new Figure(
                FormattableString.Invariant($"CPU per echo at {step:N0} connections, µs"),
                2
            )),
            new(FormattableString.Invariant($"{Steps[^1]:N0} against {Few} connections, times"), 2)
            {
                Rule = FigureRule.CloseToLimit,
            },
        ];

    /// <inheritdoc/>
    public override int Descriptors => (DescriptorsPerConnection * Steps[^1]) + DescriptorsBeside;

    /// <inheritdoc/>
    protected override ImmutableArray<double> Load(RelayProcess relay, long nanoseconds)
    {
        using LoadGenerator load = new(relay.Port, Steps[^1], MessageBytes) { EchoesAtLeast = Rate.OperationsMin };
        double[] costs = [.. Steps.Select(step => Cost(relay, load, step, nanoseconds / 2))];
        return [.. costs, costs[^1] / costs[Steps.IndexOf(Few)]];
    }

    private static double Cost(RelayProcess relay, LoadGenerator load, int connections, long nanoseconds)
    {
        load.OpenTo(connections);
        _ = load.EchoFor(nanoseconds / WarmUpShare);
        long cpu = relay.CpuNanoseconds;
        long echoes = load.EchoFor(nanoseconds);
        return Rate.MicrosecondsEach(relay.CpuNanoseconds - cpu, echoes);
    }
}

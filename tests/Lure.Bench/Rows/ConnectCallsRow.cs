using System.Collections.Immutable;
using System.Threading;
using Lure.Bench.Load;
using Lure.Bench.Relays;
using Lure.Bench.Tracing;

namespace Lure.Bench.Rows;

/// <summary>System calls of a relay for connections that echo once and close.</summary>
internal sealed class ConnectCallsRow : EchoBackedRow
{
    private const int AtATime = 16;
    private const int MessageBytes = 64;
    private const int WarmUpConnections = 1_000;
    private const int ConnectionsMax = 10_000;
    private const int DescriptorsMin = 200;
    private const double Reach = 13;

    /// <summary>ms for the relay to finish the last closes, which nobody waits for.</summary>
    private const int SettleMilliseconds = 30;

    /// <summary>With the looks for events before it sleeps, which are calls too; as lure is by default.</summary>
    public bool Spins { get; init; } = true;

    /// <inheritdoc/>
    public override ImmutableArray<string> LureSettings => Spins ? [] : ["--spin", "0us"];

    /// <inheritdoc/>
    public override string Key => Spins ? "connect-calls" : "connect-calls-no-spin";

    /// <inheritdoc/>
    public override string Title => $"system calls, connect, 64 B echo, close{(Spins ? "" : ", lure without spin")}";

    /// <inheritdoc/>
    public override string? Obstacle => SystemCallCounter.Obstacle;

    /// <inheritdoc/>
    public override ImmutableArray<Figure> Figures =>
        [new("per connection", 1) { Rule = FigureRule.AheadOfRivals, ReachValue = Reach }];

    /// <inheritdoc/>
    public override int Descriptors => DescriptorsMin;

    /// <inheritdoc/>
    protected override ImmutableArray<double> Load(RelayProcess relay, long nanoseconds)
    {
        using LoadGenerator load = new(relay.Port, AtATime, MessageBytes) { EchoesAtLeast = Rate.OperationsMin };
        _ = load.ConnectFor(nanoseconds, WarmUpConnections);
        Thread.Sleep(SettleMilliseconds);
        using SystemCallCounter counter = SystemCallCounter.Start(relay.Processes);
        long connections = load.ConnectFor(nanoseconds, ConnectionsMax);
        Thread.Sleep(SettleMilliseconds);
        return [Rate.Each(counter.Stop(), connections)];
    }
}

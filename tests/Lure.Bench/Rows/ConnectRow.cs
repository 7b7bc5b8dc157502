using System.Collections.Immutable;
using System.Threading;
using Lure.Bench.Load;
using Lure.Bench.Relays;
using Lure.Linux.Kernel;

namespace Lure.Bench.Rows;

/// <summary>Connections that echo once and close: what opening and closing costs.</summary>
/// <param name="logged">Whether each is a line in the log of the relay, which goes to a file.</param>
internal sealed class ConnectRow(bool logged) : EchoBackedRow
{
    private const int AtATime = 16;
    private const int MessageBytes = 64;
    private const int WarmUpShare = 4;
    private const int DescriptorsMin = 200;
    private const double ReachCpu = 0.95;
    private const double ReachRate = 1.05;

    /// <summary>
    /// A connection's ports stay taken for a second after its end (net.ipv4.tcp_tw_reuse), on each
    /// side of the relay. So many fit into the default range of 28,000 even if all fall into one second.
    /// </summary>
    private const int ConnectionsMax = 20_000;

    /// <summary>ms for the relay to finish the last closes, which nobody waits for, and to write its log.</summary>
    private const int SettleMilliseconds = 30;

    public int WorkerCount { get; init; } = 1;

    /// <inheritdoc/>
    public override int Workers => WorkerCount;

    /// <inheritdoc/>
    public override string Key => (logged ? "connect-log" : "connect") + WorkerText.Suffix(Workers);

    /// <inheritdoc/>
    public override string Title =>
        (logged ? "connect, 64 B echo, close, log on" : "connect, 64 B echo, close") + WorkerText.Words(Workers);

    /// <inheritdoc/>
    public override BareMode? Limit => logged ? null : BareMode.Copy;

    /// <inheritdoc/>
    public override bool LogsSessions => logged;

    /// <inheritdoc/>
    public override ImmutableArray<Figure> Figures =>
        [
            new("CPU per connection, µs", 1) { Rule = Rule, ReachRatio = logged ? null : ReachCpu },
            new("connections a second", 0)
            {
                Better = Better.Higher,
                Rule = Rule,
                ReachRatio = logged ? null : ReachRate,
            },
        ];

    /// <inheritdoc/>
    public override int Descriptors => DescriptorsMin;

    private FigureRule Rule => Workers == 1 ? FigureRule.AheadOfRivals : FigureRule.Shown;

    /// <inheritdoc/>
    protected override ImmutableArray<double> Load(RelayProcess relay, long nanoseconds)
    {
        using LoadGenerator load = new(relay.Port, AtATime, MessageBytes) { EchoesAtLeast = Rate.OperationsMin };
        _ = load.ConnectFor(nanoseconds / WarmUpShare, ConnectionsMax / WarmUpShare);
        Thread.Sleep(SettleMilliseconds);
        long cpu = relay.CpuNanoseconds;
        long start = MonotonicClock.Now();
        long connections = load.ConnectFor(nanoseconds, ConnectionsMax);
        long elapsed = MonotonicClock.Now() - start;
        Thread.Sleep(SettleMilliseconds);
        cpu = relay.CpuNanoseconds - cpu;
        return [Rate.MicrosecondsEach(cpu, connections), Rate.PerSecond(connections, elapsed)];
    }
}

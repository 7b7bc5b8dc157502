using System.Collections.Generic;
using Lure.Core.Backends;
using Lure.Linux.Configuration;

namespace Lure.Bench.Micro;

/// <summary>The hot parts, by the names that they have in the file of allowed bytes.</summary>
internal static class MicroBenchmarks
{
    public static IReadOnlyList<MicroBenchmark> All { get; } =
    [
        new("flags", () => new FlagWork()),
        new("buffer-pool", () => new BufferWork()),
        new("timer-wheel", () => new TimerWork()),
        new("connection-pool", () => new ConnectionWork()),
        new("record-ring", () => new RingWork()),
        new("balance-round-robin", () => new BalanceWork(Balance.RoundRobin)),
        new("balance-leastconn", () => new BalanceWork(Balance.LeastConnections)),
        new("balance-random2", () => new BalanceWork(Balance.RandomTwo)),
        new("balance-source", () => new BalanceWork(Balance.Source)),
        new("seam-batch", () => new BatchWork()),
        new("turn", () => new TurnWork()),
        new("line-haproxy", () => new LineWork(LogFormat.HAProxy)),
        new("line-json", () => new LineWork(LogFormat.Json)),
        new("line-logfmt", () => new LineWork(LogFormat.Logfmt)),
    ];
}

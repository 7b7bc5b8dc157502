using System.Collections.Immutable;
using Lure.Bench.Load;
using Lure.Bench.Tools;

namespace Lure.Bench.Rows;

/// <summary>The rows there are.</summary>
internal static class AllRows
{
    /// <summary>Of the rows that are measured with more than one worker.</summary>
    private const int Workers = 2;

    private const int KibiByte = 1024;

    public static ImmutableArray<Row> InOrder { get; } =
    [
        new EchoRow(connections: 1, bytes: 64) { Judged = EchoFigure.Latency, Reach = 0.55 },
        new EchoRow(connections: 64, bytes: 64) { Judged = EchoFigure.Cpu, Reach = 0.88 },
        new EchoRow(connections: 1000, bytes: KibiByte) { Judged = EchoFigure.Cpu, Reach = 0.78 },
        new EchoRow(connections: 64, bytes: 16 * KibiByte) { Judged = EchoFigure.Throughput, Reach = 1.2 },
        new BulkRow(BulkDirection.Download, streams: 4),
        new BulkRow(BulkDirection.Download, streams: 64),
        new BulkRow(BulkDirection.Upload, streams: 4),
        new BulkRow(BulkDirection.Upload, streams: 64),
        new ConnectRow(logged: false),
        new ConnectRow(logged: true),
        new ConnectCallsRow(),
        new ConnectCallsRow { Spins = false },
        new IdleRow(),
        new RestRow(),
        new EchoCallsRow(connections: 64),
        new EchoCallsRow(connections: 1000),
        new EchoCallsRow(connections: 64)
        {
            Variant = "batch",
            Settings = ["--batch", "io_uring", "--spin", "0us"],
            Bound = 50,
            Reach = 20,
        },
        new BulkCallsRow(),
        new ScaleRow(),
        new EchoRow(connections: 64, bytes: 64) { WorkerCount = Workers },
        new EchoRow(connections: 1000, bytes: KibiByte) { WorkerCount = Workers },
        new BulkRow(BulkDirection.Download, streams: 64) { WorkerCount = Workers },
        new ConnectRow(logged: false) { WorkerCount = Workers },
        new WrkRow(),
        new IperfRow(),
        new RedisRow(),
        new PgbenchRow(),
    ];
}

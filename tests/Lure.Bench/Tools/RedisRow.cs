using System.Collections.Immutable;
using Lure.Bench.Relays;
using Lure.Bench.Rows;

namespace Lure.Bench.Tools;

/// <summary>GET requests of redis-benchmark to a Redis behind the relay.</summary>
internal sealed class RedisRow : ToolRow
{
    private const string Connections = "50";
    private const int RequestsPerSecond = 30_000;
    private const double NanosecondsPerSecond = 1e9;

    /// <inheritdoc/>
    public override string Key => "redis";

    /// <inheritdoc/>
    public override string Title => "redis-benchmark, GET, 50 connections";

    /// <inheritdoc/>
    public override ImmutableArray<Figure> Figures =>
        [new("requests a second", 0) { Better = Better.Higher }, new("CPU per request, µs", 2)];

    /// <inheritdoc/>
    protected override ImmutableArray<(string? Path, string Name, string Package)> Programs =>
        [
            (ProgramFiles.Find("redis-benchmark"), "redis-benchmark", "redis-tools"),
            (ProgramFiles.Find("redis-server"), "redis-server", "redis-server"),
        ];

    /// <inheritdoc/>
    protected override ToolServer Serve() =>
        ToolServer.Start(
            (port, folder) =>
                [
                    ProgramFiles.Find("redis-server")!,
                    "--bind",
                    "127.0.0.1",
                    "--port",
                    Text(port),
                    "--dir",
                    folder,
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                ]
        );

    /// <inheritdoc/>
    protected override (double Rate, double Operations) Load(ToolServer server, int relayPort, long nanoseconds)
    {
        int requests = (int)(RequestsPerSecond * nanoseconds / NanosecondsPerSecond);
        string[] arguments = ["-p", Text(relayPort), "-c", Connections, "-n", Text(requests), "-t", "get", "--csv"];
        string output = ToolRun.Output("redis-benchmark", arguments);
        return (ToolRun.Number(output, "\"GET\",\"([\\d.]+)\""), requests);
    }
}

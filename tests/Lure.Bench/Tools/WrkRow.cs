using System.Collections.Immutable;
using System.IO;
using Lure.Bench.Relays;
using Lure.Bench.Rows;

namespace Lure.Bench.Tools;

/// <summary>HTTP requests of wrk to an nginx behind the relay.</summary>
internal sealed class WrkRow : ToolRow
{
    private const string Connections = "64";

    /// <inheritdoc/>
    public override string Key => "wrk";

    /// <inheritdoc/>
    public override string Title => "wrk, 64 connections, nginx behind";

    /// <inheritdoc/>
    public override ImmutableArray<Figure> Figures =>
        [new("requests a second", 0) { Better = Better.Higher }, new("CPU per request, µs", 2)];

    /// <inheritdoc/>
    protected override ImmutableArray<(string? Path, string Name, string Package)> Programs =>
        [(ProgramFiles.Find("wrk"), "wrk", "wrk"), (ProgramFiles.Find("nginx"), "nginx", "nginx")];

    /// <inheritdoc/>
    protected override ToolServer Serve() =>
        ToolServer.Start(
            (port, folder) =>
            {
                string path = Path.Combine(folder, "nginx.conf");
                File.WriteAllText(
                    path,
                    $$"""
                    daemon off;
                    master_process off;
                    pid {{folder}}/nginx.pid;
                    error_log stderr crit;
                    events { worker_connections 1024; }
                    http {
                        access_log off;
                        keepalive_requests 1000000000;
                        server { listen 127.0.0.1:{{port}}; return 200 "a small page\n"; }
                    }

                    """
                );
                return [ProgramFiles.Find("nginx")!, "-p", folder, "-e", "stderr", "-c", path];
            }
        );

    /// <inheritdoc/>
    protected override (double Rate, double Operations) Load(ToolServer server, int relayPort, long nanoseconds)
    {
        string seconds = Seconds(nanoseconds);
        string address = $"http://127.0.0.1:{Text(relayPort)}/";
        string output = ToolRun.Output("wrk", "-t", "1", "-c", Connections, "-d", seconds, address);
        return (ToolRun.Number(output, @"Requests/sec:\s*([\d.]+)"), ToolRun.Number(output, @"(\d+) requests in"));
    }
}

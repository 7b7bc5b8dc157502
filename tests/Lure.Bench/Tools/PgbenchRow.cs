using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Lure.Bench.Relays;
using Lure.Bench.Rows;

namespace Lure.Bench.Tools;

/// <summary>Selects of pgbench to a PostgreSQL behind the relay.</summary>
internal sealed class PgbenchRow : ToolRow
{
    private const string Binaries = "/usr/lib/postgresql";

    /// <summary>Of the system, of the server, and its database: all have one of this name.</summary>
    private const string User = "postgres";

    private const string Clients = "8";

    /// <inheritdoc/>
    public override string Key => "pgbench";

    /// <inheritdoc/>
    public override string Title => "pgbench, selects, 8 clients";

    /// <inheritdoc/>
    public override ImmutableArray<Figure> Figures =>
        [new("transactions a second", 0) { Better = Better.Higher }, new("CPU per transaction, µs", 2)];

    /// <inheritdoc/>
    protected override ImmutableArray<(string? Path, string Name, string Package)> Programs =>
        [
            (ProgramFiles.Find("pgbench"), "pgbench", "postgresql-contrib"),
            (Server("postgres"), "postgres", "postgresql"),
        ];

    /// <inheritdoc/>
    protected override ToolServer Serve() =>
        ToolServer.Start(
            (port, folder) =>
            {
                // The server refuses to run as root, and a folder that is open to others.
                string data = Path.Combine(folder, "data");
                if (Environment.IsPrivilegedProcess)
                {
                    _ = ToolRun.Output("chown", User, folder);
                }

                string[] make = [Server("initdb")!, "-D", data, "-U", User, "--auth=trust", "--no-sync"];
                string[] command = [.. AsUser, .. make];
                _ = ToolRun.Output(command[0], command[1..]);
                string[] options = ["-D", data, "-p", Text(port), "-c", "listen_addresses=127.0.0.1", "-k", folder];
                return [.. AsUser, Server("postgres")!, .. options, "-c", "fsync=off"];
            }
        );

    /// <inheritdoc/>
    protected override (double Rate, double Operations) Load(ToolServer server, int relayPort, long nanoseconds)
    {
        _ = ToolRun.Output("pgbench", [.. Address(server.Port), "-i", "-q", "-s", "1", User]);
        string[] run = [.. Address(relayPort), "-n", "-S", "-c", Clients, "-T", Seconds(nanoseconds), User];
        string output = ToolRun.Output("pgbench", run);
        return (
            ToolRun.Number(output, @"tps = ([\d.]+)"),
            ToolRun.Number(output, @"transactions actually processed: (\d+)")
        );
    }

    private static IEnumerable<string> AsUser => Environment.IsPrivilegedProcess ? ["runuser", "-u", User, "--"] : [];

    private static IEnumerable<string> Address(int port) => ["-h", "127.0.0.1", "-p", Text(port), "-U", User];

    /// <summary>Debian keeps the server's programs out of the path, in a folder of their version.</summary>
    private static string? Server(string name) =>
        Directory.Exists(Binaries)
            ? Directory
                .EnumerateDirectories(Binaries)
                .Select(version => Path.Combine(version, "bin", name))
                .Order()
                .LastOrDefault(File.Exists)
            : null;
}

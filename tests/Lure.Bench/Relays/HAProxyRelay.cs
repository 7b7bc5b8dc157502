using System.Collections.Generic;
using System.IO;

namespace Lure.Bench.Relays;

/// <summary>HAProxy with one thread. Two of them, under two names, show what a difference of nothing looks like.</summary>
/// <param name="name">In the table.</param>
internal sealed class HAProxyRelay(string name) : RelayKind
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string? Package => "haproxy";

    /// <inheritdoc/>
    public override string? Executable => ProgramFiles.Find("haproxy");

    /// <inheritdoc/>
    public override IReadOnlyList<string> Arguments(RelayTask task)
    {
        string path = Path.Combine(task.Folder, "haproxy.cfg");
        string logTarget = task.LogsSessions ? "log stdout format raw local0" : "";
        string log = task.LogsSessions ? "log global\n    option tcplog" : "";
        File.WriteAllText(
            path,
            Format(
                $"""
                global
                    nbthread 1
                    maxconn {ConnectionsMax}
                    nosplice
                    {logTarget}
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 1h
                    timeout server 1h
                    {log}
                listen bench
                    bind 127.0.0.1:{task.Port}
                    server echo 127.0.0.1:{task.BackendPort}

                """
            )
        );
        return ["-db", "-f", path];
    }
}

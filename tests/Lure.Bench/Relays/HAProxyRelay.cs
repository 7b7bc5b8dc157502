using System.Collections.Generic;
using System.IO;

namespace Lure.Bench.Relays;

/// <summary>HAProxy. Two of them, under two names, show what a difference of nothing looks like.</summary>
/// <param name="name">In the table.</param>
/// <param name="role">What it is there for; <see cref="RelayRole.Alternative"/> is made to splice, the others are kept from it.</param>
internal sealed class HAProxyRelay(string name, RelayRole role) : RelayKind
{
    /// <summary>Two a stream of the largest bulk row, and what still fits below the limit of descriptors.</summary>
    private const int PipesMax = 512;

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override RelayRole Role => role;

    /// <inheritdoc/>
    public override string? Package => "haproxy";

    /// <inheritdoc/>
    public override string? Executable => ProgramFiles.Find("haproxy");

    /// <inheritdoc/>
    public override IReadOnlyList<string> Arguments(RelayTask task)
    {
        string path = Path.Combine(task.Folder, "haproxy.cfg");
        bool splices = role == RelayRole.Alternative;
        string logTarget = task.Row.LogsSessions ? "log stdout format raw local0" : "";
        string log = task.Row.LogsSessions ? "log global\n    option tcplog" : "";
        string splice = splices ? "option splice-request\n    option splice-response" : "";
        File.WriteAllText(
            path,
            Format(
                $"""
                global
                    nbthread {task.Row.Workers}
                    maxconn {ConnectionsMax}
                    {(splices ? Format($"maxpipes {PipesMax}") : "nosplice")}
                    {logTarget}
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 1h
                    timeout server 1h
                    {splice}
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

using System.Collections.Generic;
using System.IO;

namespace Lure.Bench.Relays;

/// <summary>nginx's stream module told to pass on a half-close, as the other two do.</summary>
internal sealed class NginxRelay : RelayKind
{
    private const string Module = "/usr/lib/nginx/modules/ngx_stream_module.so";

    /// <inheritdoc/>
    public override string Name => "nginx";

    /// <inheritdoc/>
    public override RelayRole Role => RelayRole.Rival;

    /// <inheritdoc/>
    public override string? Package => "nginx libnginx-mod-stream";

    /// <inheritdoc/>
    public override string? Executable => File.Exists(Module) ? ProgramFiles.Find("nginx") : null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Arguments(RelayTask task)
    {
        string path = Path.Combine(task.Folder, "nginx.conf");
        string log = task.Row.LogsSessions
            ? "log_format session '$remote_addr [$time_local] $status $bytes_sent $bytes_received $session_time'; "
                + "access_log /dev/stdout session;"
            : "access_log off;";
        File.WriteAllText(
            path,
            Format(
                $$"""
                load_module {{Module}};
                daemon off;
                pid {{task.Folder}}/nginx.pid;
                error_log stderr crit;
                worker_processes {{task.Row.Workers}};
                worker_rlimit_nofile {{2 * ConnectionsMax + 100}};
                events { worker_connections {{2 * ConnectionsMax + 64}}; }
                stream {
                    {{log}}
                    proxy_connect_timeout 5s;
                    proxy_timeout 1h;
                    proxy_half_close on;
                    server {
                        listen 127.0.0.1:{{task.Port}} reuseport;
                        proxy_pass 127.0.0.1:{{task.BackendPort}};
                    }
                }

                """
            )
        );
        return ["-p", task.Folder, "-e", "stderr", "-c", path];
    }
}

using System.Collections.Generic;

namespace Lure.Bench.Relays;

/// <summary>The relay of this repository.</summary>
/// <param name="executable">The program <c>lure</c>.</param>
internal sealed class LureRelay(string executable) : RelayKind
{
    /// <inheritdoc/>
    public override string Name => "lure";

    /// <inheritdoc/>
    public override string? Package => null;

    /// <inheritdoc/>
    public override string? Executable => executable;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Arguments(RelayTask task) =>
        [
            Format($"127.0.0.1:{task.Port}"),
            Format($"127.0.0.1:{task.BackendPort}"),
            "--workers",
            "1",
            "--maxconn",
            Text(ConnectionsMax),
            "--drain-deadline",
            "0s",
            "--log",
            task.LogsSessions ? "stdout" : "none",
        ];
}

using System.Collections.Generic;
using System.Collections.Immutable;

namespace Lure.Bench.Relays;

/// <summary>The relay of this repository: with its defaults, but for what the row is about.</summary>
/// <param name="executable">The program <c>lure</c>.</param>
/// <param name="name">In the table.</param>
/// <param name="role">Another one than <see cref="RelayRole.Lure"/> for a program or settings to compare with.</param>
/// <param name="settings">Arguments beside those of the row.</param>
internal sealed class LureRelay(
    string executable,
    string name = "lure",
    RelayRole role = RelayRole.Lure,
    params ImmutableArray<string> settings
) : RelayKind
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override RelayRole Role => role;

    /// <inheritdoc/>
    public override string? Package => null;

    /// <inheritdoc/>
    public override string? Executable => executable;

    /// <inheritdoc/>
    public override string? VersionFlag => "version";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Arguments(RelayTask task) =>
        [
            Format($"127.0.0.1:{task.Port}"),
            Format($"127.0.0.1:{task.BackendPort}"),
            "--workers",
            Text(task.Row.Workers),
            "--maxconn",
            Text(ConnectionsMax),
            "--drain-deadline",
            "0s",
            "--log",
            task.Row.LogsSessions ? "stdout" : "none",
            .. task.Row.LureSettings,
            .. settings.IsDefault ? [] : settings,
        ];
}

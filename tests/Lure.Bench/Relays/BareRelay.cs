using System.Collections.Generic;
using Lure.Bench.Rows;

namespace Lure.Bench.Relays;

/// <summary>The loop in C of this bench: what the kernel takes for itself, whoever asks it.</summary>
/// <param name="executable">As <see cref="BareProgram"/> compiled it; null where it could not.</param>
internal sealed class BareRelay(string? executable) : RelayKind
{
    private const int SpinMicroseconds = 50;

    /// <inheritdoc/>
    public override string Name => "bare C";

    /// <inheritdoc/>
    public override RelayRole Role => RelayRole.Limit;

    /// <inheritdoc/>
    public override string? Package => "gcc libc6-dev";

    /// <inheritdoc/>
    public override string? Executable => executable;

    /// <inheritdoc/>
    public override string? VersionFlag => null;

    /// <inheritdoc/>
    public override bool TakesPart(Row row) => row.Limit is not null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Arguments(RelayTask task) =>
        [
            Text(task.Port),
            Text(task.BackendPort),
            task.Row.Limit == BareMode.Splice ? "splice" : "copy",
            Text(task.Row.Limit == BareMode.CopyAndSpin ? SpinMicroseconds : 0),
            Text(task.Row.Workers),
        ];
}

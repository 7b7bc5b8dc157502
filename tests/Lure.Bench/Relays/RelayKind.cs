using System.Collections.Generic;
using System.Globalization;
using Lure.Bench.Rows;

namespace Lure.Bench.Relays;

/// <summary>What a relay is to do, the same for all of them.</summary>
/// <param name="Port">To listen on, of 127.0.0.1.</param>
/// <param name="BackendPort">To relay to, of 127.0.0.1.</param>
/// <param name="Row">The load that it is started for.</param>
/// <param name="Folder">For files of its own.</param>
internal sealed record RelayTask(int Port, int BackendPort, Row Row, string Folder);

/// <summary>A program that is measured, with the configuration that makes it comparable: as many threads as the row says.</summary>
internal abstract class RelayKind
{
    /// <summary>
    /// Connections at most, the same for all. Two descriptors each have to fit below a limit of
    /// 20,000, and the idle row has 8,000.
    /// </summary>
    protected const int ConnectionsMax = 9_000;

    /// <summary>As it is called in the table.</summary>
    public abstract string Name { get; }

    public abstract RelayRole Role { get; }

    /// <summary>What to install; null for what is built here.</summary>
    public abstract string? Package { get; }

    /// <summary>Null where it is not installed.</summary>
    public abstract string? Executable { get; }

    /// <summary>What makes the executable tell its version; null where it has none.</summary>
    public virtual string? VersionFlag => "-v";

    /// <summary>Whether the row says anything about it.</summary>
    public virtual bool TakesPart(Row row) => true;

    /// <summary>The arguments after the executable. Runs in the foreground until SIGTERM ends it at once.</summary>
    public abstract IReadOnlyList<string> Arguments(RelayTask task);

    protected static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    protected static string Format(System.FormattableString text) => System.FormattableString.Invariant(text);
}

using System.Collections.Generic;
using System.Globalization;

namespace Lure.Bench.Relays;

/// <summary>What a relay is to do, the same for all of them.</summary>
/// <param name="Port">To listen on, of 127.0.0.1.</param>
/// <param name="BackendPort">To relay to, of 127.0.0.1.</param>
/// <param name="LogsSessions">A line a session on stdout, which is a file.</param>
/// <param name="Folder">For files of its own.</param>
internal sealed record RelayTask(int Port, int BackendPort, bool LogsSessions, string Folder);

/// <summary>A program that is measured, with the configuration that makes it comparable: one thread, no splice.</summary>
internal abstract class RelayKind
{
    /// <summary>
    /// Connections at most, the same for all. Two descriptors each have to fit below a limit of
    /// 20,000, and the idle row has 8,000.
    /// </summary>
    protected const int ConnectionsMax = 9_000;

    /// <summary>As it is called in the table.</summary>
    public abstract string Name { get; }

    /// <summary>What to install; null for what is built here.</summary>
    public abstract string? Package { get; }

    /// <summary>Null where it is not installed.</summary>
    public abstract string? Executable { get; }

    /// <summary>The arguments after the executable. Runs in the foreground until SIGTERM ends it at once.</summary>
    public abstract IReadOnlyList<string> Arguments(RelayTask task);

    protected static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    protected static string Format(System.FormattableString text) => System.FormattableString.Invariant(text);
}

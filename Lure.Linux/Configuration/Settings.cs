using System.Collections.Immutable;
using Lure.Core.Backends;
using Lure.Core.Kernel;

namespace Lure.Linux.Configuration;

/// <summary>Where the session log goes.</summary>
internal enum LogTarget
{
    Stdout,
    None,
}

/// <summary>How the receives and sends of a batch are given to the kernel.</summary>
internal enum BatchKind
{
    /// <summary>One call after another.</summary>
    Calls,

    /// <summary>All by one call, where io_uring can be had.</summary>
    IoUring,
}

/// <summary>How clients of a TCP address are shared out among the workers.</summary>
internal enum SteeringKind
{
    /// <summary>By a hash of both addresses.</summary>
    Hash,

    /// <summary>To the worker on the CPU that took the SYN.</summary>
    Cpu,
}

/// <summary>How a session is written down.</summary>
internal enum LogFormat
{
    HAProxy,
    Json,
    Logfmt,
}

/// <summary>
/// A checked configuration with every default filled in and every name resolved: what a file or a
/// command line becomes, and all that the relay is started from.
/// </summary>
internal sealed record Settings
{
    /// <summary>Null: one for each CPU that the process may use.</summary>
    public int? Workers { get; init; }

    /// <summary>Live sessions of the process; null: from descriptors and memory.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Pipes of each worker for bulk streams, 0 to copy them; null: as descriptors allow.</summary>
    public int? Pipes { get; init; }

    /// <summary>ns that sessions have to finish after SIGTERM.</summary>
    public long DrainDeadline { get; init; } = 30_000_000_000;

    /// <summary>ns that a worker looks for events before it sleeps, while that pays off; 0 for never.</summary>
    public long SpinTime { get; init; } = 50_000;

    public SteeringKind Steering { get; init; } = SteeringKind.Hash;

    public BatchKind Batch { get; init; } = BatchKind.Calls;

    public LogTarget LogTarget { get; init; } = LogTarget.Stdout;

    public LogFormat LogFormat { get; init; } = LogFormat.HAProxy;

    /// <summary>ns.</summary>
    public long ConnectTimeout { get; init; } = 5_000_000_000;

    /// <summary>ns.</summary>
    public long IdleTimeout { get; init; } = 3_600_000_000_000;

    /// <summary>ns.</summary>
    public long HalfCloseTimeout { get; init; } = 3_600_000_000_000;

    /// <summary>ns.</summary>
    public long LingerTimeout { get; init; } = 2_000_000_000;

    public required ImmutableArray<ListenSettings> Listeners { get; init; }

    public required ImmutableArray<BackendSpec> Backends { get; init; }
}

/// <summary>A named listener: one or more addresses that lead to one backend.</summary>
/// <param name="Name">As in <c>[listen.NAME]</c>.</param>
/// <param name="Binds">At least one.</param>
/// <param name="Backend">Index into <see cref="Settings.Backends"/>.</param>
/// <param name="UnixMode">Permission bits of its unix sockets' paths.</param>
internal sealed record ListenSettings(string Name, ImmutableArray<BindAddress> Binds, int Backend, int UnixMode);

/// <summary>An address to listen on.</summary>
/// <param name="Text">As the user wrote it.</param>
/// <param name="Address">
/// The address. A bare port is <c>[::]</c> with that port and <paramref name="AnyFamily"/>: IPv4 and
/// IPv6 on one socket, or IPv4 alone on a host that has no IPv6.
/// </param>
/// <param name="AnyFamily">Written without a host.</param>
internal sealed record BindAddress(string Text, SocketAddress Address, bool AnyFamily);

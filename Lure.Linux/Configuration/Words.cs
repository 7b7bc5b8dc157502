using Lure.Core.Backends;

namespace Lure.Linux.Configuration;

/// <summary>The words of this configuration.</summary>
internal static class Words
{
    public static Choices<Balance> Balance { get; } =
        new(
            ("round-robin", Core.Backends.Balance.RoundRobin),
            ("leastconn", Core.Backends.Balance.LeastConnections),
            ("random2", Core.Backends.Balance.RandomTwo),
            ("source", Core.Backends.Balance.Source)
        );

    public static Choices<BatchKind> Batch { get; } = new(("calls", BatchKind.Calls), ("io_uring", BatchKind.IoUring));

    public static Choices<SteeringKind> Steering { get; } = new(("hash", SteeringKind.Hash), ("cpu", SteeringKind.Cpu));

    public static Choices<LogTarget> LogTarget { get; } =
        new(("stdout", Configuration.LogTarget.Stdout), ("none", Configuration.LogTarget.None));

    public static Choices<LogFormat> LogFormat { get; } =
        new(
            ("haproxy", Configuration.LogFormat.HAProxy),
            ("json", Configuration.LogFormat.Json),
            ("logfmt", Configuration.LogFormat.Logfmt)
        );
}

using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using Lure.Core.Backends;
using Lure.Linux.Configuration;

namespace Lure.Linux.Commands;

/// <summary>
/// The flags that have a key of the same name in the file. All take a text: what is wrong with a
/// value is told in the words and with the ids of the file's errors.
/// </summary>
internal sealed class SettingFlags
{
    private readonly Option<string> _workers = Flag(
        "--workers",
        "N",
        "Threads that relay (default: the CPUs of this process)"
    );
    private readonly Option<string> _maxconn = Flag(
        "--maxconn",
        "N",
        "Live sessions at most (default: from descriptors and memory)"
    );
    private readonly Option<string> _pipes = Flag(
        "--pipes",
        "N",
        "Pipes of each worker for bulk streams, 0 to copy them (default: 64)"
    );
    private readonly Option<string> _drain = Flag(
        "--drain-deadline",
        "TIME",
        "For sessions to finish after SIGTERM (default: 30s)"
    );
    private readonly Option<string> _spin = Flag(
        "--spin",
        "TIME",
        "For events before a worker sleeps, while it pays off (default: 50us)"
    );
    private readonly Option<string> _batch = Flag(
        "--batch",
        "HOW",
        "How a batch goes to the kernel: calls or io_uring (default: calls)"
    );
    private readonly Option<string> _steer = Flag(
        "--steer",
        "HOW",
        "Clients to workers: hash, or cpu that took the SYN (default: hash)"
    );
    private readonly Option<string> _log = Flag("--log", "WHERE", "Session log: stdout or none (default: stdout)");
    private readonly Option<string> _logFormat = Flag(
        "--log-format",
        "FORMAT",
        "haproxy, json or logfmt (default: haproxy)"
    );
    private readonly Option<string> _balance = Flag(
        "--balance",
        "HOW",
        "round-robin, leastconn, random2 or source (default: round-robin)"
    );
    private readonly Option<string> _connect = Flag("--connect", "TIME", "For a server to accept (default: 5s)");
    private readonly Option<string> _idle = Flag("--idle", "TIME", "Without a byte either way, then end (default: 1h)");
    private readonly Option<string> _halfClose = Flag(
        "--half-close",
        "TIME",
        "Like --idle, once one side has finished (default: 1h)"
    );
    private readonly Option<string> _linger = Flag(
        "--linger",
        "TIME",
        "For a peer to take its last bytes (default: 2s)"
    );

    public IReadOnlyList<Option<string>> All =>
        [
            _balance,
            _workers,
            _maxconn,
            _pipes,
            _spin,
            _batch,
            _steer,
            _connect,
            _idle,
            _halfClose,
            _linger,
            _drain,
            _log,
            _logFormat,
        ];

    /// <summary>The settings with the flags that were given in place of their own values.</summary>
    public Settings Apply(Settings settings, ParseResult parsed, ProblemList problems)
    {
        var reader = new FlagReader(parsed, problems);
        Balance? balance = reader.Choice(_balance, Words.Balance);
        return settings with
        {
            Workers = reader.Integer(_workers, 1, Limits.WorkersMax) ?? settings.Workers,
            MaxConnections = reader.Integer(_maxconn, 1, Limits.MaxConnectionsMax) ?? settings.MaxConnections,
            Pipes = reader.Integer(_pipes, 0, Limits.PipesMax) ?? settings.Pipes,
            DrainDeadline = reader.Time(_drain, 0) ?? settings.DrainDeadline,
            Steering = reader.Choice(_steer, Words.Steering) ?? settings.Steering,
            Batch = reader.Choice(_batch, Words.Batch) ?? settings.Batch,
            SpinTime = reader.Time(_spin, 0, Limits.SpinMost) ?? settings.SpinTime,
            LogTarget = reader.Choice(_log, Words.LogTarget) ?? settings.LogTarget,
            LogFormat = reader.Choice(_logFormat, Words.LogFormat) ?? settings.LogFormat,
            ConnectTimeout = reader.Time(_connect, Limits.TimeLeast) ?? settings.ConnectTimeout,
            IdleTimeout = reader.Time(_idle, Limits.TimeLeast) ?? settings.IdleTimeout,
            HalfCloseTimeout = reader.Time(_halfClose, Limits.TimeLeast) ?? settings.HalfCloseTimeout,
            LingerTimeout = reader.Time(_linger, Limits.TimeLeast) ?? settings.LingerTimeout,
            Backends = balance is { } chosen
                ? [.. settings.Backends.Select(backend => backend with { Balance = chosen })]
                : settings.Backends,
        };
    }

    private static Option<string> Flag(string name, string valueName, string description) =>
        new(name) { HelpName = valueName, Description = description };
}

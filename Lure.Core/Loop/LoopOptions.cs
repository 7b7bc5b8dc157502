using System;

namespace Lure.Core.Loop;

/// <summary>
/// Every bound of one worker's loop. All are values given at start, so that a simulation can run
/// with tiny ones and meet every wrap and every exhaustion in seconds.
/// </summary>
public sealed record LoopOptions
{
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000_000_000;

    /// <summary>ns, 40 days: a session's tick of 1 ms has 32 bits, 49 days, and a timer may be looked at late.</summary>
    public const long TimeMax = 40 * 24 * 3600 * Second;

    /// <summary>More directions than could be stuck at once are none that a pipe each would serve.</summary>
    public const int PipesMax = 1 << 16;

    /// <summary>This worker's number, the upper bits of its session ids.</summary>
    public int Worker { get; init; }

    /// <summary>The seed of everything random in this loop: the first server of a rotation, two random choices.</summary>
    public ulong Seed { get; init; }

    /// <summary>Sessions in this worker, at most; the process-wide limit is <c>SharedState</c>'s.</summary>
    public int Sessions { get; init; } = 1024;

    /// <summary>Listening sockets of this worker, at most.</summary>
    public int Listeners { get; init; } = 256;

    /// <summary>Bytes a block holds; a direction keeps at most one.</summary>
    public int BlockBytes { get; init; } = 16 * 1024;

    /// <summary>Reads in one batch; that many blocks are set aside beyond two per session.</summary>
    public int BatchReads { get; init; } = 64;

    /// <summary>Events taken by one wait.</summary>
    public int EventsPerTurn { get; init; } = 256;

    /// <summary>Connections accepted per listener and turn: a storm of newcomers starves nobody.</summary>
    public int AcceptsPerTurn { get; init; } = 64;

    /// <summary>Bytes one direction may move in a turn before the others have had theirs.</summary>
    public int BytesPerTurn { get; init; } = 64 * 1024;

    /// <summary>Pipes of this worker at most, through which bulk streams are spliced; 0: everything is copied.</summary>
    public int Pipes { get; init; }

    /// <summary>ns that everything is copied after the kernel made no pipe.</summary>
    public long PipePause { get; init; } = Second;

    /// <summary>ns until a connect counts as failed. Two SYN retransmits (1 s, 3 s) fit into the default.</summary>
    public long ConnectTimeout { get; init; } = 5 * Second;

    /// <summary>ns without a byte moved, either way, until a session is ended.</summary>
    public long IdleTimeout { get; init; } = 3600 * Second;

    /// <summary>Like <see cref="IdleTimeout"/>, once one side has sent its FIN.</summary>
    public long HalfCloseTimeout { get; init; } = 3600 * Second;

    /// <summary>ns that a peer has to acknowledge what was accepted for it before it is reset.</summary>
    public long LingerTimeout { get; init; } = 2 * Second;

    /// <summary>ns that a listener stays masked after it ran out of descriptors or memory.</summary>
    public long AcceptPause { get; init; } = 100 * Millisecond;

    /// <summary>ns of a session's life after which its server side gets keep-alive: short ones do not pay for it.</summary>
    public long KeepAliveAfter { get; init; } = 30 * Second;

    /// <exception cref="ArgumentException">Names the bound that makes no sense.</exception>
    public void Validate()
    {
        Require(Sessions is > 0 and <= Kernel.Token.IndexMax, nameof(Sessions));
        Require(Listeners >= 0, nameof(Listeners));
        Require(BlockBytes is >= 2 and <= 1 << 20, nameof(BlockBytes));
        Require(BatchReads >= 2, nameof(BatchReads));
        Require(EventsPerTurn >= 1, nameof(EventsPerTurn));
        Require(AcceptsPerTurn >= 1, nameof(AcceptsPerTurn));
        Require(BytesPerTurn >= 1, nameof(BytesPerTurn));
        Require(Pipes is >= 0 and <= PipesMax, nameof(Pipes));
        Require(PipePause is > 0 and <= TimeMax, nameof(PipePause));
        Require(ConnectTimeout is > 0 and <= TimeMax, nameof(ConnectTimeout));
        Require(IdleTimeout is > 0 and <= TimeMax, nameof(IdleTimeout));
        Require(HalfCloseTimeout is > 0 and <= TimeMax, nameof(HalfCloseTimeout));
        Require(LingerTimeout is > 0 and <= TimeMax, nameof(LingerTimeout));
        Require(AcceptPause is > 0 and <= TimeMax, nameof(AcceptPause));
        Require(KeepAliveAfter is > 0 and <= TimeMax, nameof(KeepAliveAfter));
    }

    private static void Require(bool holds, string name)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} is out of range", name);
        }
    }
}

using System;
using Lure.Core.Connections;
using Lure.Core.Kernel;
using Lure.Core.Loop;

namespace Lure.Sim.Campaigns;

/// <summary>
/// What was reached: calls by their kind, and tuples of a session's flags, the state of its two buffers
/// and the answer that it is given there. How the number of tuples grows is the honest figure of how much
/// of the state space was seen: lines and branches are all run by the first few seeds.
/// </summary>
internal sealed class Coverage
{
    // What a transition depends on; causes and bookkeeping would tell one state from another that behaves the same.
    private const ulong Meaningful = (1UL << 30) - 1;
    private const int PhaseAt = 30;
    private const int FailureAt = 33;
    private const int UpAt = 36;
    private const int DownAt = 38;
    private const int KindAt = 40;
    private const int ResultAt = 45;
    private const int SideAt = 48;
    private const ulong Present = 1UL << 63;

    private readonly long[] _calls = new long[Enum.GetValues<SyscallKind>().Length];

    public TupleSet Tuples { get; } = new();

    /// <summary>Place in the campaign of the seed that runs.</summary>
    public ulong Seed { get; set; }

    /// <summary>Commands that the loop took beyond drain and stop.</summary>
    public long OtherCommands { get; private set; }

    public long CallsOf(SyscallKind kind) => _calls[(int)kind];

    public void Add(Coverage other)
    {
        for (int i = 0; i < _calls.Length; i++)
        {
            _calls[i] += other._calls[i];
        }

        OtherCommands += other.OtherCommands;
        Tuples.Add(other.Tuples);
    }

    public void CountCall(SyscallKind kind, long argument, int result)
    {
        _calls[(int)kind]++;
        if (kind == SyscallKind.TakeCommand && result > 0)
        {
            bool known = (CommandKind)(argument & 15) is CommandKind.Drain or CommandKind.Stop;
            OtherCommands += known ? 0 : 1;
        }
    }

    /// <summary>An answer to a session.</summary>
    /// <param name="view">The session, before its loop judges the answer.</param>
    /// <param name="side">Which of its sides is answered.</param>
    /// <param name="block">Bytes that a buffer holds.</param>
    /// <param name="kind">The call.</param>
    /// <param name="argument">Bytes that were asked for, where bytes are.</param>
    /// <param name="result">The answer.</param>
    public void CountAnswer(in SessionView view, Side side, int block, SyscallKind kind, long argument, int result)
    {
        ConnectionFlags flags = view.Flags;
        ulong tuple = (ulong)flags & Meaningful;
        tuple |= (ulong)flags.Phase() << PhaseAt;
        tuple |= (ulong)flags.Failure() << FailureAt;
        tuple |= Filled(view.WaitingUp, block) << UpAt;
        tuple |= Filled(view.WaitingDown, block) << DownAt;
        tuple |= (ulong)kind << KindAt;
        tuple |= ClassOf(kind, argument, result) << ResultAt;
        tuple |= (ulong)side << SideAt;
        Tuples.Add(tuple | Present, Seed);
    }

    private static ulong Filled(int waiting, int block) =>
        waiting == 0 ? 0UL
        : waiting < block ? 1UL
        : 2UL;

    private static ulong ClassOf(SyscallKind kind, long argument, int result) =>
        result switch
        {
            > 0 when kind is SyscallKind.Receive or SyscallKind.Send && result < argument => 0,
            > 0 => 1,
            0 => 2,
            -Errno.Again => 3,
            -Errno.Interrupted => 4,
            -Errno.InProgress => 5,
            -Errno.ConnectionReset or -Errno.BrokenPipe => 6,
            _ => 7,
        };
}

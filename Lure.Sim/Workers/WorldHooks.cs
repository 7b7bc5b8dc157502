using System;
using Lure.Core.Kernel;
using Lure.Sim.Polling;

namespace Lure.Sim.Workers;

/// <summary>
/// Who looks on at every call of every worker, and may make things happen around it: peers that act,
/// answers that the kernel could have given instead, another worker's turn.
/// </summary>
internal abstract class WorldHooks
{
    /// <summary>A call begins.</summary>
    /// <param name="worker">Whose.</param>
    /// <param name="kind">Which.</param>
    /// <param name="fd">What it is about; negative for none.</param>
    /// <param name="limit">Bytes that it may move; may be lowered.</param>
    /// <returns>The answer to give instead of doing it, minus errno; 0 for none.</returns>
    public abstract int BeforeCall(int worker, SyscallKind kind, int fd, ref int limit);

    /// <summary>A call has ended.</summary>
    public abstract void AfterCall(int worker, SyscallKind kind, int fd, long argument, int result);

    /// <summary>A worker has looked at the clock.</summary>
    public abstract void TimeRead(int worker);

    /// <summary>A receive, or a splice into a pipe, was done; its bytes are in place.</summary>
    public abstract void Received(int worker, in Operation operation, int result);

    /// <summary>A send, or a splice out of a pipe, is about to be done.</summary>
    public abstract void Sending(int worker, in Operation operation);

    /// <summary>A send, or a splice out of a pipe, was done.</summary>
    public abstract void Sent(int worker, in Operation operation, int result);

    /// <summary>A wait is about to take what is ready; the order of what is ready may be changed.</summary>
    /// <returns>How many events it may take.</returns>
    public abstract int BeforeCollect(int worker, Epoll epoll, int max);

    /// <summary>A wait is about to report; reports may be changed, and added up to the length of the span.</summary>
    /// <returns>The number of reports.</returns>
    public abstract int Reporting(int worker, Span<KernelEvent> events, int count);

    /// <summary>A wait finds nothing. True means that something was done, and it looks again.</summary>
    /// <param name="worker">Whose.</param>
    /// <param name="deadline">ns: until when it waits.</param>
    /// <param name="interrupted">The wait ends with EINTR.</param>
    public abstract bool Idle(int worker, long deadline, out bool interrupted);
}

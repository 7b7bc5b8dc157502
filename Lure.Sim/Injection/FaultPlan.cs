using System;
using System.Collections.Generic;
using Lure.Core.Kernel;

namespace Lure.Sim.Injection;

/// <summary>
/// What a test wants to go wrong, and when. Only what Linux may answer is taken: a fault that no
/// kernel gives would make a sound loop look broken.
/// </summary>
public sealed class FaultPlan
{
    private const int AnyFd = -1;

    private readonly List<FaultRule> _rules = [];
    private readonly List<(long Call, Action Action)> _atCall = [];

    internal FaultPlan() { }

    /// <summary>Calls made so far, those of a batch counted each.</summary>
    public long Calls { get; private set; }

    /// <summary>Times that a rule took effect.</summary>
    public long Fired { get; private set; }

    /// <summary>Rules that are not used up: a test that expects its faults to fire asserts that none is left.</summary>
    public int Pending => _rules.Count + _atCall.Count;

    /// <summary>Makes the next calls of a kind fail without doing anything (a close closes nevertheless).</summary>
    /// <param name="kind">Not a receive, a send or a mark: see <see cref="FakeWorld.FailSocket"/> and <see cref="Limit"/>.</param>
    /// <param name="result">Minus errno.</param>
    /// <param name="times">How many calls.</param>
    /// <param name="skip">How many matching calls go well before.</param>
    /// <param name="fd">Only calls on this descriptor.</param>
    public void Next(SyscallKind kind, int result, int times = 1, int skip = 0, int fd = AnyFd)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(result, 0);
        if (kind is SyscallKind.Receive or SyscallKind.Send)
        {
            throw new ArgumentException(
                $"{kind} fails only with the state of its socket: use FailSocket, a reset by the peer, or Limit",
                nameof(kind)
            );
        }

        if (kind is SyscallKind.TakeCommand or SyscallKind.Notify or SyscallKind.Mark)
        {
            throw new ArgumentException($"{kind} cannot fail", nameof(kind));
        }

        if (kind == SyscallKind.Wait && result != -Errno.Interrupted)
        {
            throw new ArgumentException("a wait fails only with EINTR (epoll_wait(2))", nameof(result));
        }

        Add(FaultRole.Answer, kind, fd, skip, times, result, null);
    }

    /// <summary>Makes the next transfers short. What a receive leaves arrives at the next wait, with an edge of its own.</summary>
    /// <param name="kind">Receive, Send or Splice.</param>
    /// <param name="bytes">At most; 0 is -EAGAIN.</param>
    /// <param name="times">How many calls.</param>
    /// <param name="skip">How many matching calls go well before.</param>
    /// <param name="fd">Only calls on this descriptor; of a splice the one read from.</param>
    public void Limit(SyscallKind kind, int bytes, int times = 1, int skip = 0, int fd = AnyFd)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (kind is not (SyscallKind.Receive or SyscallKind.Send or SyscallKind.Splice))
        {
            throw new ArgumentException($"{kind} moves no bytes", nameof(kind));
        }

        Add(FaultRole.Limit, kind, fd, skip, times, bytes, null);
    }

    /// <summary>Runs an action right before the nth call of a kind from now.</summary>
    public void Before(SyscallKind kind, Action action, int nth = 1, int fd = AnyFd) =>
        AddAction(FaultRole.Before, kind, action, nth, fd);

    /// <summary>Runs an action right after the nth call of a kind from now.</summary>
    public void After(SyscallKind kind, Action action, int nth = 1, int fd = AnyFd) =>
        AddAction(FaultRole.After, kind, action, nth, fd);

    /// <summary>Runs an action before the call that will be counted as this one in <see cref="Calls"/>.</summary>
    public void BeforeCall(long number, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(number, Calls);
        _atCall.Add((number, action));
    }

    /// <summary>Forgets every rule.</summary>
    public void Clear()
    {
        _rules.Clear();
        _atCall.Clear();
    }

    /// <summary>Forgets every rule and what was counted.</summary>
    internal void Reset()
    {
        Clear();
        (Calls, Fired) = (0, 0);
    }

    /// <summary>A call begins.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="fd">The descriptor it is about; negative for none.</param>
    /// <param name="limit">Bytes that it may move.</param>
    /// <returns>The answer to give instead of doing it, 0 for none.</returns>
    internal int Enter(SyscallKind kind, int fd, out int limit)
    {
        Calls++;
        limit = int.MaxValue;
        if (_atCall.Count > 0)
        {
            RunAtCall();
        }

        if (_rules.Count == 0)
        {
            return 0;
        }

        RunActions(FaultRole.Before, kind, fd);
        int answer = Take(FaultRole.Answer, kind, fd)?.Value ?? 0;
        if (answer == 0 && Take(FaultRole.Limit, kind, fd) is { } shortened)
        {
            limit = shortened.Value;
        }

        return answer;
    }

    /// <summary>A call has ended.</summary>
    internal void Leave(SyscallKind kind, int fd)
    {
        if (_rules.Count > 0)
        {
            RunActions(FaultRole.After, kind, fd);
        }
    }

    private void AddAction(FaultRole role, SyscallKind kind, Action action, int nth, int fd)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentOutOfRangeException.ThrowIfLessThan(nth, 1);
        Add(role, kind, fd, nth - 1, 1, 0, action);
    }

    private void Add(FaultRole role, SyscallKind kind, int fd, int skip, int times, int value, Action? action)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        FaultRule rule = new()
        {
            Role = role,
            Kind = kind,
            Fd = fd,
            Skip = skip,
            Times = times,
            Value = value,
            Action = action,
        };
        _rules.Add(rule);
    }

    private FaultRule? Take(FaultRole role, SyscallKind kind, int fd)
    {
        for (int i = 0; i < _rules.Count; i++)
        {
            FaultRule rule = _rules[i];
            if (rule.Hits(role, kind, fd))
            {
                Used(rule);
                return rule;
            }
        }

        return null;
    }

    // An action may add and clear rules, so the list is looked at anew after each.
    private void RunActions(FaultRole role, SyscallKind kind, int fd)
    {
        for (int i = 0; i < _rules.Count; i++)
        {
            FaultRule rule = _rules[i];
            if (rule.Hits(role, kind, fd))
            {
                Used(rule);
                i--;
                rule.Action!();
            }
        }
    }

    private void RunAtCall()
    {
        for (int i = 0; i < _atCall.Count; i++)
        {
            (long call, Action action) = _atCall[i];
            if (call == Calls)
            {
                _atCall.RemoveAt(i--);
                Fired++;
                action();
            }
        }
    }

    private void Used(FaultRule rule)
    {
        Fired++;
        if (rule.Times == 0)
        {
            _rules.Remove(rule);
        }
    }
}

using System;
using Lure.Core.Connections;
using Lure.Core.Kernel;

namespace Lure.Core.Loop;

/// <content>Collect: from kernel events, commands and timers to what may be tried. No call on a connection.</content>
public sealed unsafe partial class EventLoop<TSyscalls>
{
    /// <summary>Turns with reports left behind after which timers are looked at all the same.</summary>
    private const int TurnsTimersWait = 64;

    private void Collect()
    {
        RegisterNewDescriptors();
        WatchListeners();

        int count = _kernel.Wait(new Span<KernelEvent>(_events, _options.EventsPerTurn), NextDeadline());
        _now = _kernel.Now();
        _activeTick = (uint)TickAfter;
        if (count < 0)
        {
            _kernel.Mark(MarkId.WaitInterrupted);
            Check.That(count == -Errno.Interrupted, "waiting fails only by interruption");
            count = 0;
        }

        _counters->Events += count;
        TakeCommands();
        for (int i = 0; i < count; i++)
        {
            Note(_events[i].Token, _events[i].Readiness);
        }

        // A full array leaves reports behind that may be what a timer waits for.
        _turnsWithReportsLeft = count == _options.EventsPerTurn ? _turnsWithReportsLeft + 1 : 0;
        if (_turnsWithReportsLeft % TurnsTimersWait == 0)
        {
            ExpireTimers();
        }
    }

    /// <summary>Sockets of the last turn are watched just before the wait: one that died in between costs nothing.</summary>
    private void RegisterNewDescriptors()
    {
        foreach (int slot in _watchesDue.Slots)
        {
            Connection* connection = _connections[slot];
            Register(slot, connection, Side.Client, ConnectionFlags.WatchClientDue);
            Register(slot, connection, Side.Server, ConnectionFlags.WatchServerDue);
        }

        _watchesDue.Clear();
    }

    private void Register(int slot, Connection* connection, Side side, ConnectionFlags due)
    {
        if (!connection->Flags.Has(due))
        {
            return;
        }

        connection->Flags &= ~due;
        ulong token = Token.ForSession(slot, connection->Generation, side);
        int result = _kernel.Watch(connection->Fd[(int)side], Interest.Connection, token);
        if (result < 0)
        {
            _kernel.Mark(MarkId.WatchRefused);
            _connections.Details(slot)->Error[(int)side] = -result;
            connection->Flags = Transitions.OutOfResources(connection->Flags);
            Enqueue(slot, connection);
        }
    }

    private long NextDeadline()
    {
        if (_runQueue.Count > 0 || (_draining && IsAnyListenerReady()))
        {
            return 0;
        }

        long next = Math.Min(_drainDeadline, ListenersResumeAt());
        long tick = _timers.NextDue();
        return tick == long.MaxValue ? next : Math.Min(next, _epoch + (tick * TickNs));
    }

    private void Note(ulong raw, Readiness readiness)
    {
        if (raw == Token.Wake)
        {
            return;
        }

        Token token = new(raw);
        if (token.IsListener)
        {
            NoteListener(token.Index);
            return;
        }

        Check.That(token.Index < _connections.HighWater, "a token names a slot that was used");
        Connection* connection = _connections[token.Index];
        if (connection->Generation != token.Generation)
        {
            _kernel.Mark(MarkId.StaleEvent);
            _counters->StaleEvents++;
            return;
        }

        ConnectionFlags flags = Transitions.Reported(connection->Flags, token.Side, readiness);
        if (flags.Has(ConnectionFlags.Full, token.Side.Other()))
        {
            flags = LookBehindPipe(connection, flags, token.Side);
        }

        connection->Flags = flags;
        if (Decisions.Runnable(flags))
        {
            Enqueue(token.Index, connection);
        }
    }

    private void TakeCommands()
    {
        while (_kernel.TakeCommand(out Command command))
        {
            if (command.Kind == CommandKind.Drain)
            {
                _drainDeadline = command.Deadline;
                BeginDrain();
            }
            else if (command.Kind == CommandKind.Stop)
            {
                EndAll(atOnce: true);
            }
        }

        if (_now >= _drainDeadline)
        {
            _kernel.Mark(MarkId.DrainDeadline);
            EndAll(atOnce: false);
        }
    }

    /// <summary>Ends every session, with its linger time or without, and takes no more.</summary>
    private void EndAll(bool atOnce)
    {
        BeginDrain();
        _drainDeadline = long.MaxValue;
        GiveUpListeners();
        for (int slot = 0; slot < _connections.HighWater; slot++)
        {
            Connection* connection = _connections[slot];
            if (connection->Flags != ConnectionFlags.None)
            {
                connection->Flags = Transitions.Killed(connection->Flags, atOnce);
                Enqueue(slot, connection);
            }
        }
    }

    private void ExpireTimers()
    {
        long tick = TickNow;
        for (int slot = _timers.TakeExpired(tick); slot >= 0; slot = _timers.TakeExpired(tick))
        {
            OnTimer(slot, _connections[slot]);
        }
    }
}

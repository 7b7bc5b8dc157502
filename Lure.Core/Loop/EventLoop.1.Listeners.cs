using System;
using Lure.Core.Kernel;
using Lure.Core.Records;

namespace Lure.Core.Loop;

/// <content>Listeners: watched, masked while nothing can be accepted, drained before they are closed.</content>
public sealed unsafe partial class EventLoop<TSyscalls>
{
    private Span<ListenerEntry> Listeners => new(_listeners, _listenerCount);

    private void NoteListener(int index)
    {
        ref ListenerEntry listener = ref _listeners[index];
        if (listener.Drained)
        {
            return;
        }

        listener.Burst = listener.ReadyTurn == _turn - 1 ? listener.Burst : 1;
        listener.ReadyTurn = _turn;
        listener.Ready = true;
    }

    /// <summary>Watches what is not masked. DEL and ADD, because an exclusive registration cannot be changed.</summary>
    private void WatchListeners()
    {
        for (int i = 0; i < _listenerCount; i++)
        {
            ref ListenerEntry listener = ref _listeners[i];
            if (listener.Watched || listener.Closed || listener.ResumeAt > _now)
            {
                continue;
            }

            Interest interest = listener.Shared ? Interest.SharedListener : Interest.Listener;
            int result = _kernel.Watch(listener.Fd, interest, Token.ForListener(i));
            if (result < 0)
            {
                PauseListener(ref listener, RecordKind.AcceptPaused, -result);
                continue;
            }

            listener.Watched = true;
            listener.ResumeAt = 0;
            // No event tells that a queue is empty, and it is closed only once an accept has said so.
            listener.Ready |= _draining;
        }
    }

    /// <summary>Masks a listener for a while: its backlog waits, and the loop does not spin on it.</summary>
    private void PauseListener(ref ListenerEntry listener, RecordKind why, int errno)
    {
        _kernel.Mark(why == RecordKind.SessionsFull ? MarkId.AcceptFull : MarkId.AcceptPaused);
        _counters->AcceptPauses++;
        Publish(why, listener.Number, errno);
        listener.ResumeAt = _now + _options.AcceptPause;
        // Out of descriptors now, whatever it waited for before: a session that leaves does not end this pause.
        listener.WaitsForPlace = why == RecordKind.SessionsFull;
        listener.Ready = false;
        if (listener.Watched)
        {
            listener.Watched = false;
            _ = _kernel.Unwatch(listener.Fd);
        }
    }

    private long ListenersResumeAt()
    {
        long next = long.MaxValue;
        foreach (ref readonly ListenerEntry listener in Listeners)
        {
            bool masked = !listener.Watched && !listener.Closed;
            next = masked ? Math.Min(next, listener.ResumeAt) : next;
        }

        return next;
    }

    /// <summary>A session has left: those that wait for a place need not wait for their timer.</summary>
    private void ResumeFullListeners()
    {
        if (!_sessionsFull)
        {
            return;
        }

        _sessionsFull = false;
        foreach (ref ListenerEntry listener in Listeners)
        {
            listener.ResumeAt = listener.WaitsForPlace ? 0 : listener.ResumeAt;
        }
    }

    /// <summary>From now on each listener is accepted from until its queue is empty, then closed.</summary>
    private void BeginDrain()
    {
        if (_draining)
        {
            return;
        }

        _draining = true;
        foreach (ref ListenerEntry listener in Listeners)
        {
            listener.Ready = !listener.Closed;
            listener.Burst = _options.AcceptsPerTurn;
        }
    }

    private bool IsAnyListenerReady()
    {
        foreach (ref readonly ListenerEntry listener in Listeners)
        {
            if (listener.Ready)
            {
                return true;
            }
        }

        return false;
    }

    private bool AreListenersClosed()
    {
        foreach (ref readonly ListenerEntry listener in Listeners)
        {
            if (!listener.Closed)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What is queued is given up; the descriptors are closed in finalize, like all others.</summary>
    private void GiveUpListeners()
    {
        foreach (ref ListenerEntry listener in Listeners)
        {
            listener.Drained = true;
            listener.Ready = false;
        }
    }

    private void CloseListener(ref ListenerEntry listener)
    {
        if (listener.Closed)
        {
            return;
        }

        if (listener.Watched)
        {
            _ = _kernel.Unwatch(listener.Fd);
        }

        listener.Watched = false;
        listener.Ready = false;
        listener.Closed = true;
        if (!listener.Shared)
        {
            _ = _kernel.Close(listener.Fd);
        }
    }
}

using System;
using System.Collections.Generic;
using Lure.Core.Kernel;
using Lure.Sim.Descriptors;
using Lure.Sim.Exhaustive;

namespace Lure.Sim.Polling;

/// <summary>
/// An epoll set: a wake-up puts an item on the ready list, and only when the list is read is the
/// item polled, so that what is reported is true then (fs/eventpoll.c, ep_send_events).
/// </summary>
/// <remarks>Sets in sets are left out.</remarks>
internal sealed class Epoll : OpenFile
{
    // EPOLLEXCLUSIVE_OK_BITS
    private const Interest ExclusiveAllows =
        Interest.In | Interest.Out | Interest.EdgeTriggered | Interest.Exclusive | ErrorAndHangUp;

    private const Interest ErrorAndHangUp = (Interest)(uint)(Readiness.Error | Readiness.HangUp);

    private readonly ReadyList _ready = new();
    private readonly Stack<EpollItem> _spare = new();
    private EpollItem? _first;

    /// <summary>Whether a wait would report something now.</summary>
    public bool HasEvents
    {
        get
        {
            for (EpollItem? item = _ready.Head; item is not null; item = item.Next)
            {
                if ((item.File.Look() & item.Mask) != 0)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <param name="fd">The key's other half, beside the file. Negative for a file that has no descriptor.</param>
    /// <param name="file">What is watched.</param>
    /// <param name="interest">What for.</param>
    /// <param name="token">What is reported.</param>
    /// <returns>0, -EEXIST, -EINVAL.</returns>
    public int Add(int fd, OpenFile file, Interest interest, ulong token)
    {
        if ((interest & Interest.Exclusive) != 0 && (interest & ~ExclusiveAllows) != 0)
        {
            return -Errno.Invalid;
        }

        if (Find(fd, file) is not null)
        {
            return -Errno.Exists;
        }

        EpollItem item = _spare.Count > 0 ? _spare.Pop() : new EpollItem { Owner = this };
        item.File = file;
        item.Fd = fd;
        item.Interest = interest;
        item.Token = token;
        item.IsDisarmed = false;
        Own(item);
        file.AddWatcher(item);
        MarkReadyIfSo(item);
        return 0;
    }

    /// <returns>0, -ENOENT, -EINVAL.</returns>
    public int Modify(int fd, OpenFile file, Interest interest, ulong token)
    {
        if ((interest & Interest.Exclusive) != 0)
        {
            return -Errno.Invalid;
        }

        if (Find(fd, file) is not { } item)
        {
            return -Errno.NoEntry;
        }

        if ((item.Interest & Interest.Exclusive) != 0)
        {
            return -Errno.Invalid;
        }

        item.Interest = interest;
        item.Token = token;
        item.IsDisarmed = false;
        MarkReadyIfSo(item);
        return 0;
    }

    /// <returns>0, -ENOENT.</returns>
    public int Remove(int fd, OpenFile file)
    {
        if (Find(fd, file) is not { } item)
        {
            return -Errno.NoEntry;
        }

        Drop(item);
        return 0;
    }

    public Interest? InterestOf(int fd, OpenFile file) => Find(fd, file)?.Interest;

    /// <summary>A descriptor's registration, null when it is not watched.</summary>
    public EpollItem? ItemOf(int fd, OpenFile file) => Find(fd, file);

    /// <summary>How many items may have something to say, counted up to a bound.</summary>
    public int Queued(int bound)
    {
        int count = 0;
        for (EpollItem? item = _ready.Head; item is not null && count < bound; item = item.Next)
        {
            count++;
        }

        return count;
    }

    /// <summary>Lets an item of the ready list be the first: it became ready before the others.</summary>
    public void BringForward(int place)
    {
        EpollItem? item = _ready.Head;
        for (; item is not null && place > 0; place--)
        {
            item = item.Next;
        }

        if (item is not null)
        {
            _ready.Remove(item);
            _ready.Prepend(item);
        }
    }

    /// <summary>What is queued, for who tells one state from another.</summary>
    public void AddTo(ref StateHash hash)
    {
        for (EpollItem? item = _ready.Head; item is not null; item = item.Next)
        {
            hash.Add((long)item.Fd);
            hash.Add((ulong)item.Interest);
        }
    }

    /// <summary>Ends a registration: what was queued for it is not reported any more.</summary>
    public void Drop(EpollItem item)
    {
        if (item.IsReady)
        {
            _ready.Remove(item);
        }

        item.File.RemoveWatcher(item);
        Disown(item);
        item.File = null!;
        _spare.Push(item);
    }

    public void Wake(EpollItem item, Readiness key)
    {
        if (!item.IsReady && !item.IsDisarmed && (key == Readiness.None || (key & item.Mask) != 0))
        {
            _ready.Append(item);
        }
    }

    /// <summary>Reports what is ready, first come first served.</summary>
    /// <returns>The number of events.</returns>
    public int Collect(Span<KernelEvent> events)
    {
        // One pass over what was on the list: level-triggered items go to its tail again, behind the
        // ones that did not fit, so every ready item has its turn.
        int count = 0;
        EpollItem? last = _ready.Tail;
        while (count < events.Length && last is not null && _ready.Head is { } item)
        {
            bool isLast = ReferenceEquals(item, last);
            _ready.Remove(item);
            Readiness readiness = item.File.Poll() & item.Mask;
            if (readiness != 0)
            {
                events[count++] = new KernelEvent { Readiness = readiness, Token = item.Token };
                AfterReport(item);
            }

            if (isLast)
            {
                break;
            }
        }

        return count;
    }

    /// <summary>Ends all registrations.</summary>
    public void Clear()
    {
        while (_first is { } item)
        {
            Drop(item);
        }
    }

    /// <inheritdoc/>
    /// <remarks>What turns out to have nothing to say leaves the ready list (__ep_eventpoll_poll).</remarks>
    public override Readiness Poll()
    {
        while (_ready.Head is { } item)
        {
            if ((item.File.Poll() & item.Mask) != 0)
            {
                return Readiness.In;
            }

            _ready.Remove(item);
        }

        return Readiness.None;
    }

    /// <inheritdoc/>
    public override Readiness Look() => HasEvents ? Readiness.In : Readiness.None;

    /// <inheritdoc/>
    public override void Close() => Clear();

    private void AfterReport(EpollItem item)
    {
        if ((item.Interest & EpollItem.OneShot) != 0)
        {
            item.IsDisarmed = true;
        }
        else if ((item.Interest & Interest.EdgeTriggered) == 0)
        {
            _ready.Append(item);
        }
    }

    private void MarkReadyIfSo(EpollItem item)
    {
        if ((item.File.Poll() & item.Mask) != 0 && !item.IsReady)
        {
            _ready.Append(item);
        }
    }

    // A file is watched once or twice, so the walk is shorter than any table.
    private EpollItem? Find(int fd, OpenFile file)
    {
        for (EpollItem? item = file.FirstWatcher; item is not null; item = item.NextOfFile)
        {
            if (item.Fd == fd && ReferenceEquals(item.Owner, this))
            {
                return item;
            }
        }

        return null;
    }

    private void Own(EpollItem item)
    {
        (item.PreviousOfOwner, item.NextOfOwner) = (null, _first);
        if (_first is { } next)
        {
            next.PreviousOfOwner = item;
        }

        _first = item;
    }

    private void Disown(EpollItem item)
    {
        if (item.PreviousOfOwner is { } previous)
        {
            previous.NextOfOwner = item.NextOfOwner;
        }
        else
        {
            _first = item.NextOfOwner;
        }

        if (item.NextOfOwner is { } next)
        {
            next.PreviousOfOwner = item.PreviousOfOwner;
        }
    }
}

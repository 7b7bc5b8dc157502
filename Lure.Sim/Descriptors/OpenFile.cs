using Lure.Core.Kernel;
using Lure.Sim.Polling;

namespace Lure.Sim.Descriptors;

/// <summary>What a descriptor stands for: something that can be polled and that tells when it changes.</summary>
internal abstract class OpenFile
{
    /// <summary>Heads of the wait queue: links are in the items, so that watching costs no memory.</summary>
    private EpollItem? _firstWatcher;
    private EpollItem? _lastWatcher;

    /// <summary>Descriptors that stand for it: dup(2) makes one more, the last close ends it.</summary>
    public int References { get; set; }

    /// <summary>The registrations of this file, in the order in which a wake-up visits them.</summary>
    public EpollItem? FirstWatcher => _firstWatcher;

    /// <summary>The mask that poll(2) would give now.</summary>
    public abstract Readiness Poll();

    /// <summary>As <see cref="Poll"/>, by somebody whose look must not be noticed: a poll may ask to be woken.</summary>
    public virtual Readiness Look() => Poll();

    /// <summary>The last descriptor was closed.</summary>
    public abstract void Close();

    /// <summary>add_wait_queue puts the newest first, an exclusive one last (kernel/sched/wait.c).</summary>
    public void AddWatcher(EpollItem item)
    {
        if ((item.Interest & Interest.Exclusive) != 0)
        {
            (item.PreviousOfFile, item.NextOfFile) = (_lastWatcher, null);
        }
        else
        {
            (item.PreviousOfFile, item.NextOfFile) = (null, _firstWatcher);
        }

        Link(item);
    }

    public void RemoveWatcher(EpollItem item)
    {
        if (item.PreviousOfFile is { } previous)
        {
            previous.NextOfFile = item.NextOfFile;
        }
        else
        {
            _firstWatcher = item.NextOfFile;
        }

        if (item.NextOfFile is { } next)
        {
            next.PreviousOfFile = item.PreviousOfFile;
        }
        else
        {
            _lastWatcher = item.PreviousOfFile;
        }
    }

    /// <summary>Ends all registrations, as the last close does.</summary>
    public void DropWatchers()
    {
        while (_firstWatcher is { } item)
        {
            item.Owner.Drop(item);
        }
    }

    /// <summary>Puts the items that watch for one of these bits on their ready lists.</summary>
    /// <param name="key">What changed; none means anything may have (ep_poll_callback does not filter then).</param>
    protected void Wake(Readiness key)
    {
        for (EpollItem? item = _firstWatcher; item is not null; item = item.NextOfFile)
        {
            item.Owner.Wake(item, key);
        }
    }

    private void Link(EpollItem item)
    {
        if (item.PreviousOfFile is { } previous)
        {
            previous.NextOfFile = item;
        }
        else
        {
            _firstWatcher = item;
        }

        if (item.NextOfFile is { } next)
        {
            next.PreviousOfFile = item;
        }
        else
        {
            _lastWatcher = item;
        }
    }
}

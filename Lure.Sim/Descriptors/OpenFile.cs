using System.Collections.Generic;
using Lure.Core.Kernel;
using Lure.Sim.Polling;

namespace Lure.Sim.Descriptors;

/// <summary>What a descriptor stands for: something that can be polled and that tells when it changes.</summary>
internal abstract class OpenFile
{
    private readonly List<EpollItem> _watchers = [];

    /// <summary>The mask that poll(2) would give now.</summary>
    public abstract Readiness Poll();

    /// <summary>The last descriptor was closed.</summary>
    public abstract void Close();

    public void AddWatcher(EpollItem item) => _watchers.Add(item);

    public void RemoveWatcher(EpollItem item) => _watchers.Remove(item);

    /// <summary>Ends all registrations, as the last close does.</summary>
    public void DropWatchers()
    {
        for (int i = _watchers.Count - 1; i >= 0; i--)
        {
            _watchers[i].Owner.Drop(_watchers[i]);
        }
    }

    /// <summary>Puts the items that watch for one of these bits on their ready lists.</summary>
    /// <param name="key">What changed; none means anything may have (ep_poll_callback does not filter then).</param>
    protected void Wake(Readiness key)
    {
        for (int i = 0; i < _watchers.Count; i++)
        {
            _watchers[i].Owner.Wake(_watchers[i], key);
        }
    }
}

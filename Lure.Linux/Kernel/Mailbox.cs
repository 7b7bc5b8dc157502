using System;
using System.Runtime.InteropServices;
using System.Threading;
using Lure.Core.Kernel;

namespace Lure.Linux.Kernel;

/// <summary>
/// Commands on their way to one worker: one thread posts, the worker takes, the size is fixed and
/// nobody waits. Posting wakes the worker's epoll.
/// </summary>
internal sealed class Mailbox : IDisposable
{
    /// <summary>A worker needs two in its life: drain and stop. The rest is room for a second signal.</summary>
    public const int Capacity = 8;

    private readonly Command[] _slots = new Command[Capacity];
    private readonly EventFd _wake = new();
    private Cursors _cursors;

    /// <summary>For the worker's epoll, edge-triggered: each post is an edge, so nobody has to read it empty.</summary>
    public int WakeDescriptor => _wake.Descriptor;

    /// <returns>False when the worker has <see cref="Capacity"/> commands to take already.</returns>
    public bool TryPost(Command command)
    {
        uint posted = _cursors.Posted;
        if (posted - Volatile.Read(ref _cursors.Taken) == Capacity)
        {
            return false;
        }

        _slots[posted % Capacity] = command;
        Volatile.Write(ref _cursors.Posted, posted + 1);
        _wake.Raise();
        return true;
    }

    /// <summary>The worker: takes the oldest command.</summary>
    public bool TryTake(out Command command)
    {
        uint taken = _cursors.Taken;
        if (taken == Volatile.Read(ref _cursors.Posted))
        {
            command = default;
            return false;
        }

        command = _slots[taken % Capacity];
        Volatile.Write(ref _cursors.Taken, taken + 1);
        return true;
    }

    public void Dispose() => _wake.Dispose();

    /// <summary>The worker looks in every turn: what it reads shares its line with nothing that others write often.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct Cursors
    {
        [FieldOffset(64)]
        public uint Posted;

        [FieldOffset(128)]
        public uint Taken;
    }
}

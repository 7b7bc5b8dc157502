using Lure.Analyzers;
using Lure.Core.Connections;
using Lure.Core.Kernel;

namespace Lure.Core.Loop;

/// <content>What may be looked at from outside, between two calls.</content>
public sealed unsafe partial class EventLoop<TSyscalls> : ILoopInspection
{
    /// <inheritdoc/>
    public int SlotsUsed => _connections.HighWater;

    /// <inheritdoc/>
    public int ListenersUsed => _listenerCount;

    /// <inheritdoc/>
    public int BlocksUsed => _buffers.HighWater;

    /// <inheritdoc/>
    public long WakesAt => NextDeadline();

    /// <inheritdoc/>
    [ColdPath("only whoever looks on calls it", perTurnMax: 0)]
    public bool TryInspect(int slot, out SessionView session)
    {
        Connection* connection = _connections[slot];
        ConnectionFlags flags = connection->Flags;
        session = default;
        if (flags == ConnectionFlags.None)
        {
            return false;
        }

        session = new SessionView(
            slot,
            connection->Generation,
            connection->Id,
            flags,
            connection->Fd[(int)Side.Client],
            connection->Fd[(int)Side.Server],
            connection->Received[(int)Side.Client],
            connection->Received[(int)Side.Server],
            Waiting(slot, connection, Side.Client),
            Waiting(slot, connection, Side.Server),
            Start(slot, connection, Side.Client),
            Start(slot, connection, Side.Server),
            _timers.IsArmed(slot) ? _epoch + (_timers.DueAt(slot) * TickNs) : long.MaxValue
        );
        return true;
    }

    /// <inheritdoc/>
    [ColdPath("only whoever looks on calls it", perTurnMax: 0)]
    public ListenerView Listener(int index)
    {
        ListenerEntry* listener = _listeners + index;
        return new ListenerView(
            listener->Fd,
            listener->Number,
            listener->Shared,
            listener->Watched,
            listener->Closed,
            listener->ResumeAt
        );
    }

    /// <inheritdoc/>
    public int BlockOwner(int block) => _buffers.OwnerOf(block);

    /// <inheritdoc/>
    public byte* BlockBytes(int block, out int length)
    {
        length = _buffers.BlockBytes;
        return _buffers.BytesOf(block);
    }

    /// <inheritdoc/>
    public int BlockAt(byte* address) => _buffers.BlockAt(address);

    private int Waiting(int slot, Connection* connection, Side source)
    {
        int block = Held(slot, connection, source);
        return block == 0 ? 0 : _buffers.Length(block, Owner(slot, source));
    }

    private int Start(int slot, Connection* connection, Side source)
    {
        int block = Held(slot, connection, source);
        return block == 0 ? 0 : (int)(_buffers.ReadAt(block, Owner(slot, source)) - _buffers.BytesOf(block));
    }

    private int Held(int slot, Connection* connection, Side source)
    {
        int block = connection->Block[(int)source];
        // A session that is being retired still names the blocks that it has given back.
        return block == 0 || _buffers.OwnerOf(block) != Owner(slot, source) ? 0 : block;
    }
}

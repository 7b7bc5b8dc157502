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
    public int PipesUsed => _pipes.HighWater;

    /// <inheritdoc/>
    public int PipesOpen => _pipes.Open;

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
            Pipe(slot, connection, Side.Client),
            Pipe(slot, connection, Side.Server),
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

    /// <inheritdoc/>
    public int PipeOwner(int pipe) => _pipes.OwnerOf(pipe);

    /// <inheritdoc/>
    [ColdPath("only whoever looks on calls it", perTurnMax: 0)]
    public (int ReadEnd, int WriteEnd) PipeEnds(int pipe) => _pipes.EndsOf(pipe);

    /// <summary>Bytes from a side that wait here.</summary>
    private int Waiting(int slot, Connection* connection, Side source)
    {
        int pipe = Pipe(slot, connection, source);
        int block = Block(slot, connection, source);
        return pipe != 0 ? _pipes.Length(pipe, Owner(slot, source))
            : block != 0 ? _buffers.Length(block, Owner(slot, source))
            : 0;
    }

    private int Start(int slot, Connection* connection, Side source)
    {
        int block = Block(slot, connection, source);
        return block == 0 ? 0 : (int)(_buffers.ReadAt(block, Owner(slot, source)) - _buffers.BytesOf(block));
    }

    // A session that is being retired still names what it has given back.
    private int Block(int slot, Connection* connection, Side source)
    {
        int block = connection->BlockOf(source);
        return block == 0 || _buffers.OwnerOf(block) != Owner(slot, source) ? 0 : block;
    }

    private int Pipe(int slot, Connection* connection, Side source)
    {
        int pipe = connection->PipeOf(source);
        return pipe == 0 || _pipes.OwnerOf(pipe) != Owner(slot, source) ? 0 : pipe;
    }
}

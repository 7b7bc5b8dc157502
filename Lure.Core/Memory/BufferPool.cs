using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lure.Analyzers;

namespace Lure.Core.Memory;

/// <summary>
/// Blocks of one size in one mapping, found by number from 1 on, last in, first out: the same few
/// blocks stay in the cache, and of each only the bytes that came are touched. The positions are
/// packed together, apart from the bytes.
/// </summary>
/// <remarks>
/// A block belongs to one direction of one session from <see cref="Borrow"/> to <see cref="Return"/>,
/// and says so: bytes of one client in a block of another would be worse than an end of the process.
/// </remarks>
[HotPath]
public unsafe struct BufferPool
{
    private readonly byte* _bytes;
    private readonly Position* _positions;
    private readonly int* _free;
    private readonly int _capacity;
    private int _freeCount;
    private int _highWater;

    /// <param name="arena">Where the blocks live.</param>
    /// <param name="capacity">Blocks.</param>
    /// <param name="blockBytes">Bytes a block holds.</param>
    [ColdPath("takes its memory, once", perTurnMax: 0)]
    public BufferPool(ref Arena arena, int capacity, int blockBytes)
    {
        _capacity = capacity;
        BlockBytes = blockBytes;
        _positions = arena.Take<Position>(capacity + 1);
        _free = arena.Take<int>(capacity);
        // A block more than there are: block 0 stands for "none".
        _bytes = arena.TakePages((nuint)(capacity + 1) * (nuint)blockBytes);
    }

    public int BlockBytes { get; }

    public readonly int Used => _highWater - _freeCount;

    /// <summary>Blocks up to this number have been used at least once.</summary>
    public readonly int HighWater => _highWater;

    /// <summary>How many blocks a loop needs so that no read ever finds none: one for each direction, and a batch's.</summary>
    public static int BlocksFor(int sessions, int batchReads) => checked((2 * sessions) + batchReads);

    /// <param name="owner">Slot and direction, never 0.</param>
    public int Borrow(int owner)
    {
        int block;
        if (_freeCount > 0)
        {
            block = _free[--_freeCount];
        }
        else
        {
            Check.That(_highWater < _capacity, "the buffer pool is as large as what can be borrowed");
            block = ++_highWater;
        }

        Position* position = _positions + block;
        Check.That(position->Owner == 0, "a free block has no owner");
        position->Owner = owner;
        position->Start = 0;
        position->End = 0;
        return block;
    }

    public void Return(int block, int owner)
    {
        Position* position = Owned(block, owner);
        position->Owner = 0;
        _free[_freeCount++] = block;
    }

    /// <summary>Bytes that wait in a block.</summary>
    public readonly int Length(int block, int owner)
    {
        Position* position = Owned(block, owner);
        return position->End - position->Start;
    }

    /// <summary>Bytes that fit behind those that wait.</summary>
    public readonly int Tail(int block, int owner) => BlockBytes - Owned(block, owner)->End;

    /// <summary>Where the next byte read belongs.</summary>
    public readonly byte* WriteAt(int block, int owner) => At(block) + Owned(block, owner)->End;

    /// <summary>Where the first waiting byte is.</summary>
    public readonly byte* ReadAt(int block, int owner) => At(block) + Owned(block, owner)->Start;

    /// <summary>That many bytes were read into the tail.</summary>
    public readonly void Append(int block, int owner, int count)
    {
        Position* position = Owned(block, owner);
        Check.That((uint)count <= (uint)(BlockBytes - position->End), "a read fits into its block");
        position->End += count;
    }

    /// <summary>That many bytes were written out of the front.</summary>
    public readonly void Consume(int block, int owner, int count)
    {
        Position* position = Owned(block, owner);
        Check.That(
            (uint)count <= (uint)(position->End - position->Start),
            "a write leaves its block with no less than nothing"
        );
        position->Start += count;
    }

    /// <summary>Moves the waiting bytes to the front, so that all room is behind them.</summary>
    public readonly void Compact(int block, int owner)
    {
        Position* position = Owned(block, owner);
        int length = position->End - position->Start;
        byte* bytes = At(block);
        Buffer.MemoryCopy(bytes + position->Start, bytes, BlockBytes, length);
        position->Start = 0;
        position->End = length;
    }

    /// <summary>Moves what waits in the second block behind what waits in the first.</summary>
    public readonly void Join(int first, int second, int owner)
    {
        Compact(first, owner);
        int length = Length(second, owner);
        Check.That(length <= Tail(first, owner), "two blocks are only filled as far as one holds");
        Buffer.MemoryCopy(ReadAt(second, owner), WriteAt(first, owner), BlockBytes, length);
        Append(first, owner, length);
        Consume(second, owner, length);
    }

    /// <summary>Whoever has borrowed a block, 0 for nobody.</summary>
    public readonly int OwnerOf(int block) => _positions[block].Owner;

    /// <summary>Where the room of a block begins.</summary>
    public readonly byte* BytesOf(int block) => At(block);

    /// <summary>The block that an address lies in, 0 for none.</summary>
    public readonly int BlockAt(byte* address)
    {
        nint block = (nint)(address - _bytes) / BlockBytes;
        return block >= 1 && block <= _highWater ? (int)block : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly Position* Owned(int block, int owner)
    {
        Check.That((uint)(block - 1) < (uint)_highWater, "a block's number is in range");
        Position* position = _positions + block;
        Check.That(position->Owner == owner, "a block is used by its owner");
        return position;
    }

    private readonly byte* At(int block) => _bytes + ((nuint)block * (nuint)BlockBytes);

    [StructLayout(LayoutKind.Sequential, Size = 16)]
    private struct Position
    {
        public int Start;
        public int End;
        public int Owner;
    }
}

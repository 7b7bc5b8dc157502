using Lure.Core.Memory;

namespace Lure.Bench.Micro;

/// <summary>A block borrowed, filled, half emptied, compacted and returned.</summary>
internal sealed class BufferWork : MicroWork
{
    private const int Owner = 1;
    private const int Blocks = 8;
    private const int BlockBytes = 4096;

    private BufferPool _pool;

    public BufferWork() => _pool = new BufferPool(ref Memory, Blocks, BlockBytes);

    public override void Run(int operations)
    {
        for (int i = 0; i < operations; i++)
        {
            int block = _pool.Borrow(Owner);
            _pool.Append(block, Owner, BlockBytes);
            _pool.Consume(block, Owner, BlockBytes / 2);
            _pool.Compact(block, Owner);
            _pool.Consume(block, Owner, _pool.Length(block, Owner));
            _pool.Return(block, Owner);
        }
    }
}

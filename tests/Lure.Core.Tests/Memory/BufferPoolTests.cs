using System;
using Lure.Core.Memory;
using NUnit.Framework;

namespace Lure.Core.Tests.Memory;

[TestFixture]
internal sealed unsafe class BufferPoolTests
{
    private const int Owner = 7;

    private TestArena _memory = null!;
    private BufferPool _pool;

    [SetUp]
    public void MakePool()
    {
        _memory = new TestArena(1 << 16);
        _pool = new BufferPool(ref _memory.Arena, capacity: 3, blockBytes: 8);
    }

    [TearDown]
    public void FreePool() => _memory.Dispose();

    [Test]
    public void The_block_given_back_last_is_lent_first()
    {
        int first = _pool.Borrow(Owner);
        int second = _pool.Borrow(Owner);
        _pool.Return(first, Owner);
        _pool.Return(second, Owner);

        Assert.That(_pool.Borrow(Owner), Is.EqualTo(second));
        Assert.That(_pool.Borrow(Owner), Is.EqualTo(first));
    }

    [Test]
    public void Blocks_do_not_overlap_and_none_is_lent_twice()
    {
        int[] blocks = [_pool.Borrow(1), _pool.Borrow(2), _pool.Borrow(3)];
        for (int i = 0; i < blocks.Length; i++)
        {
            new Span<byte>(_pool.WriteAt(blocks[i], i + 1), 8).Fill((byte)(i + 1));
        }

        for (int i = 0; i < blocks.Length; i++)
        {
            byte[] bytes = new Span<byte>(_pool.WriteAt(blocks[i], i + 1), 8).ToArray();
            Assert.That(bytes, Is.All.EqualTo(i + 1));
        }

        Assert.That(
            () => _pool.Borrow(4),
            Throws
                .TypeOf<CorruptionException>()
                .With.Message.EqualTo("the buffer pool is as large as what can be borrowed")
        );
    }

    [Test]
    public void A_stranger_is_not_let_near_a_block()
    {
        int block = _pool.Borrow(Owner);

        Assert.That(
            () => _pool.Length(block, Owner + 1),
            Throws.TypeOf<CorruptionException>().With.Message.EqualTo("a block is used by its owner")
        );
        Assert.That(() => _pool.Return(block, Owner + 1), Throws.TypeOf<CorruptionException>());
        _pool.Return(block, Owner);
        Assert.That(() => _pool.Return(block, Owner), Throws.TypeOf<CorruptionException>());
    }

    [Test]
    public void Two_halves_become_one_in_their_order()
    {
        int first = _pool.Borrow(Owner);
        int second = _pool.Borrow(Owner);
        Fill(first, [1, 2, 3, 4, 5, 6, 7, 8]);
        _pool.Consume(first, Owner, 5);
        Fill(second, [9, 10, 11, 12, 13]);

        _pool.Join(first, second, Owner);

        byte[] joined = new Span<byte>(_pool.ReadAt(first, Owner), _pool.Length(first, Owner)).ToArray();
        Assert.That(joined, Is.EqualTo(new byte[] { 6, 7, 8, 9, 10, 11, 12, 13 }));
        Assert.That(_pool.Length(second, Owner), Is.Zero);
    }

    [Test]
    public void More_than_fits_is_refused()
    {
        int block = _pool.Borrow(Owner);
        _pool.Append(block, Owner, 6);

        Assert.That(
            () => _pool.Append(block, Owner, 3),
            Throws.TypeOf<CorruptionException>().With.Message.EqualTo("a read fits into its block")
        );
        Assert.That(() => _pool.Consume(block, Owner, 7), Throws.TypeOf<CorruptionException>());
    }

    private void Fill(int block, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(new Span<byte>(_pool.WriteAt(block, Owner), bytes.Length));
        _pool.Append(block, Owner, bytes.Length);
    }

    [Test]
    public void An_address_is_told_to_lie_in_a_block_only_when_it_does()
    {
        _pool.Borrow(Owner);
        int last = _pool.Borrow(Owner);
        byte* first = _pool.BytesOf(1);

        Assert.That(_pool.BlockAt(first), Is.EqualTo(1));
        Assert.That(_pool.BlockAt(first - 1), Is.Zero, "block 0 stands for none");
        Assert.That(_pool.BlockAt(first - 100), Is.Zero);
        Assert.That(_pool.BlockAt(_pool.BytesOf(last) + 7), Is.EqualTo(last));
        Assert.That(_pool.BlockAt(_pool.BytesOf(last) + 8), Is.Zero, "not lent yet");
    }

    [Test]
    public void There_is_memory_for_each_block_and_no_more()
    {
        const int Page = 4096;
        Arena arena = Arena.Measuring;
        _ = new BufferPool(ref arena, capacity: 3, blockBytes: Page);

        // Block 0, which stands for none, the three, and what the positions and the alignment may cost.
        Assert.That((int)arena.Used, Is.InRange(4 * Page, 6 * Page));
    }

    [Test]
    public void More_blocks_than_can_be_numbered_are_refused() =>
        Assert.That(() => BufferPool.BlocksFor(int.MaxValue / 2, 64), Throws.TypeOf<OverflowException>());

    [Test]
    public void A_free_block_that_has_an_owner_is_not_lent()
    {
        int block = _pool.Borrow(Owner);
        _pool.Return(block, Owner);
        // The positions come first, four numbers each, the owner third.
        ((int*)_memory.Start)[(4 * block) + 2] = Owner;

        Assert.That(
            () => _pool.Borrow(Owner),
            Throws.TypeOf<CorruptionException>().With.Message.EqualTo("a free block has no owner")
        );
    }

    [Test]
    public void No_more_is_consumed_than_waits()
    {
        int block = _pool.Borrow(Owner);
        _pool.Append(block, Owner, 4);
        _pool.Consume(block, Owner, 2);

        Assert.That(
            () => _pool.Consume(block, Owner, 3),
            Throws
                .TypeOf<CorruptionException>()
                .With.Message.EqualTo("a write leaves its block with no less than nothing")
        );
        Assert.That(() => _pool.Consume(block, Owner, 2), Throws.Nothing);
    }

    [Test]
    public void Two_blocks_that_hold_more_than_one_are_not_joined()
    {
        int first = _pool.Borrow(Owner);
        int second = _pool.Borrow(Owner);
        _pool.Append(first, Owner, 5);
        _pool.Append(second, Owner, 4);

        Assert.That(
            () => _pool.Join(first, second, Owner),
            Throws.TypeOf<CorruptionException>().With.Message.EqualTo("two blocks are only filled as far as one holds")
        );
    }

    /// <summary>Told apart from a block of somebody else, before memory is looked at that is none of the pool's.</summary>
    [TestCase(-1)]
    [TestCase(0)]
    [TestCase(2)]
    public void A_block_that_was_never_lent_is_out_of_range(int block)
    {
        _pool.Borrow(Owner);

        Assert.That(
            () => _pool.Length(block, Owner),
            Throws.TypeOf<CorruptionException>().With.Message.EqualTo("a block's number is in range")
        );
    }
}

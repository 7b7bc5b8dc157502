using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using Lure.Core.Memory;
using NUnit.Framework;

namespace Lure.Core.Tests.Memory;

/// <summary>The pool against lists of bytes: whatever is done to its blocks, each holds what it was given, in order.</summary>
[TestFixture]
internal sealed class BufferPoolPropertyTests
{
    private const int Capacity = 4;
    private const int BlockBytes = 8;

    private static readonly Gen<(Act What, int Which, int Count)[]> Acts = Gen.Select(
        Gen.Enum<Act>(),
        Gen.Int[0, Capacity - 1],
        Gen.Int[1, BlockBytes]
    ).Array[1, 60];

    private enum Act
    {
        Borrow,
        Append,
        Consume,
        Compact,
        Join,
        Return,
    }

    [Test]
    public void Every_block_holds_the_bytes_that_it_was_given() =>
        Acts.Always(acts =>
        {
            using TestArena memory = new(1 << 16);
            Model model = new(new BufferPool(ref memory.Arena, Capacity, BlockBytes));
            foreach ((Act what, int which, int count) in acts)
            {
                model.Do(what, which, count);
                model.AssertAgrees();
            }
        });

    private sealed unsafe class Model(BufferPool pool)
    {
        private readonly List<(int Block, int Owner, List<byte> Bytes)> _lent = [];
        private BufferPool _pool = pool;
        private int _nextOwner = 1;
        private byte _nextByte = 1;

        public void Do(Act what, int which, int count)
        {
            if (what == Act.Borrow)
            {
                Borrow();
            }
            else if (_lent.Count > 0)
            {
                Use(what, which % _lent.Count, count);
            }
        }

        public void AssertAgrees()
        {
            Assert.That(_pool.Used, Is.EqualTo(_lent.Count));
            Assert.That(_lent.Select(each => each.Block), Is.Unique.And.All.InRange(1, Capacity));
            foreach ((int block, int owner, List<byte> bytes) in _lent)
            {
                byte[] held = new Span<byte>(_pool.ReadAt(block, owner), _pool.Length(block, owner)).ToArray();
                Assert.That(held, Is.EqualTo(bytes));
                Assert.That(_pool.OwnerOf(block), Is.EqualTo(owner));
                Assert.That(_pool.WriteAt(block, owner) - _pool.ReadAt(block, owner), Is.EqualTo(bytes.Count));
                Assert.That(_pool.Tail(block, owner), Is.InRange(0, BlockBytes - bytes.Count));
                Assert.That(_pool.BlockAt(_pool.BytesOf(block)), Is.EqualTo(block));
                Assert.That(_pool.BlockAt(_pool.BytesOf(block) + BlockBytes - 1), Is.EqualTo(block));
            }
        }

        private void Borrow()
        {
            if (_lent.Count == Capacity)
            {
                Assert.That(() => _pool.Borrow(_nextOwner), Throws.TypeOf<CorruptionException>());
                return;
            }

            int owner = _nextOwner++;
            _lent.Add((_pool.Borrow(owner), owner, []));
        }

        private void Use(Act what, int index, int count)
        {
            (int block, int owner, List<byte> bytes) = _lent[index];
            switch (what)
            {
                case Act.Append:
                    Append(block, owner, bytes, Math.Min(count, _pool.Tail(block, owner)));
                    break;
                case Act.Consume:
                    int taken = Math.Min(count, bytes.Count);
                    _pool.Consume(block, owner, taken);
                    bytes.RemoveRange(0, taken);
                    break;
                case Act.Compact:
                    _pool.Compact(block, owner);
                    Assert.That(_pool.Tail(block, owner), Is.EqualTo(BlockBytes - bytes.Count));
                    break;
                case Act.Return:
                    _pool.Return(block, owner);
                    _lent.RemoveAt(index);
                    break;
                default:
                    Join(block, owner, bytes);
                    break;
            }
        }

        private void Append(int block, int owner, List<byte> bytes, int count)
        {
            for (int i = 0; i < count; i++)
            {
                _pool.WriteAt(block, owner)[i] = _nextByte;
                bytes.Add(_nextByte++);
            }

            _pool.Append(block, owner, count);
        }

        /// <summary>With a second block of the same owner, filled as far as the first has room after compaction.</summary>
        private void Join(int block, int owner, List<byte> bytes)
        {
            if (_lent.Count == Capacity)
            {
                return;
            }

            int second = _pool.Borrow(owner);
            List<byte> more = [];
            Append(second, owner, more, BlockBytes - bytes.Count);
            _pool.Join(block, second, owner);
            Assert.That(_pool.Length(second, owner), Is.Zero);
            bytes.AddRange(more);
            _pool.Return(second, owner);
        }
    }
}

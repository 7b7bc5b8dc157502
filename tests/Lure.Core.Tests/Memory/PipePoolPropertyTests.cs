using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using Lure.Core.Memory;
using NUnit.Framework;

namespace Lure.Core.Tests.Memory;

/// <summary>The pool against a list of pipes: whatever is done, each has its ends, its bytes and one owner.</summary>
[TestFixture]
internal sealed class PipePoolPropertyTests
{
    private const int Capacity = 4;

    private static readonly Gen<(Act What, int Which, int Count)[]> Acts = Gen.Select(
        Gen.Enum<Act>(),
        Gen.Int[0, Capacity - 1],
        Gen.Int[0, 9]
    ).Array[1, 60];

    private enum Act
    {
        Take,
        Append,
        Consume,
        Return,
        Discard,
    }

    [Test]
    public void Every_pipe_has_one_owner_and_what_was_spliced_into_it() =>
        Acts.Always(acts =>
        {
            using TestArena memory = new(1 << 16);
            Model model = new(new PipePool(ref memory.Arena, Capacity));
            foreach ((Act what, int which, int count) in acts)
            {
                model.Do(what, which, count);
                model.AssertAgrees();
            }
        });

    private sealed class Model(PipePool pool)
    {
        private readonly List<(int Pipe, int Owner, int ReadEnd, int Length)> _lent = [];
        private readonly Stack<(int Pipe, int ReadEnd)> _ready = [];
        private PipePool _pool = pool;
        private int _nextOwner = 1;
        private int _nextEnd = 10;

        public void Do(Act what, int which, int count)
        {
            if (what == Act.Take)
            {
                Take();
            }
            else if (_lent.Count > 0)
            {
                Use(what, which % _lent.Count, count);
            }
        }

        public void AssertAgrees()
        {
            Assert.That(_pool.Used, Is.EqualTo(_lent.Count));
            Assert.That(_pool.Open, Is.EqualTo(_lent.Count + _ready.Count));
            Assert.That(_pool.HasRoom, Is.EqualTo(_lent.Count + _ready.Count < Capacity));
            Assert.That(_lent.Select(each => each.Pipe), Is.Unique.And.All.InRange(1, _pool.HighWater));
            foreach ((int pipe, int owner, int readEnd, int length) in _lent)
            {
                Assert.That(_pool.OwnerOf(pipe), Is.EqualTo(owner));
                Assert.That(_pool.Length(pipe, owner), Is.EqualTo(length));
                Assert.That(
                    (_pool.ReadEnd(pipe, owner), _pool.WriteEnd(pipe, owner)),
                    Is.EqualTo((readEnd, readEnd + 1))
                );
                Assert.That(_pool.EndsOf(pipe), Is.EqualTo((readEnd, readEnd + 1)));
            }

            int[] nobodys = [.. Enumerable.Range(1, _pool.HighWater).Except(_lent.Select(each => each.Pipe))];
            Assert.That(nobodys.Select(_pool.OwnerOf), Is.All.Zero);
            Assert.That(
                nobodys.Select(pipe => _pool.EndsOf(pipe).ReadEnd).Where(end => end != 0),
                Is.EquivalentTo(_ready.Select(each => each.ReadEnd))
            );
        }

        private void Take()
        {
            int owner = _nextOwner++;
            int pipe = _pool.Take(owner);
            if (_ready.TryPop(out (int Pipe, int ReadEnd) last))
            {
                Assert.That(pipe, Is.EqualTo(last.Pipe), "the one that was given back last");
                _lent.Add((pipe, owner, last.ReadEnd, 0));
                return;
            }

            Assert.That(pipe, Is.Zero);
            if (_pool.HasRoom)
            {
                int readEnd = _nextEnd;
                _nextEnd += 2;
                _lent.Add((_pool.Add(readEnd, readEnd + 1, owner), owner, readEnd, 0));
            }
        }

        private void Use(Act what, int which, int count)
        {
            (int pipe, int owner, int readEnd, int length) = _lent[which];
            switch (what)
            {
                case Act.Append:
                    _pool.Append(pipe, owner, count);
                    _lent[which] = (pipe, owner, readEnd, length + count);
                    break;
                case Act.Consume:
                    count = Math.Min(count, length);
                    _pool.Consume(pipe, owner, count);
                    _lent[which] = (pipe, owner, readEnd, length - count);
                    break;
                case Act.Return when length == 0:
                    _pool.Return(pipe, owner);
                    _lent.RemoveAt(which);
                    _ready.Push((pipe, readEnd));
                    break;
                default:
                    _pool.Discard(pipe, owner);
                    _lent.RemoveAt(which);
                    break;
            }
        }
    }
}

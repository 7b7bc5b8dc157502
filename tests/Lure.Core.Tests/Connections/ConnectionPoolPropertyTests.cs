using System.Collections.Generic;
using CsCheck;
using Lure.Core.Connections;
using Lure.Core.Tests.Memory;
using NUnit.Framework;

namespace Lure.Core.Tests.Connections;

/// <summary>The pool against a set and a stack: no slot is lent twice, the last one returned is lent first, and its tokens are stale.</summary>
[TestFixture]
internal sealed class ConnectionPoolPropertyTests
{
    private const int Capacity = 5;

    /// <summary>Takes a slot, or returns the one at that place among those that are lent.</summary>
    private static readonly Gen<(bool Take, int Which)[]> Acts = Gen.Select(Gen.Bool, Gen.Int[0, Capacity - 1]).Array[
        1,
        80
    ];

    [Test]
    public void Slots_are_lent_as_from_a_stack() =>
        Acts.Always(acts =>
        {
            using TestArena memory = new(1 << 16);
            ConnectionPool pool = new(ref memory.Arena, Capacity);
            List<int> lent = [];
            Stack<int> free = new([4, 3, 2, 1, 0]);
            uint[] generations = new uint[Capacity];
            foreach ((bool take, int which) in acts)
            {
                if (take)
                {
                    Take(ref pool, lent, free, generations);
                }
                else if (lent.Count > 0)
                {
                    int slot = lent[which % lent.Count];
                    pool.Return(slot);
                    generations[slot]++;
                    lent.Remove(slot);
                    free.Push(slot);
                }

                Assert.That(pool.Used, Is.EqualTo(lent.Count));
            }
        });

    private static unsafe void Take(ref ConnectionPool pool, List<int> lent, Stack<int> free, uint[] generations)
    {
        int slot = pool.Take();
        Assert.That(slot, Is.EqualTo(free.TryPop(out int expected) ? expected : -1));
        if (slot < 0)
        {
            return;
        }

        Assert.That(pool[slot]->Generation, Is.EqualTo(generations[slot]));
        Assert.That(pool[slot]->Flags, Is.EqualTo(ConnectionFlags.None));
        Assert.That(pool.Details(slot)->TriedCount, Is.Zero);
        pool[slot]->Flags = Transitions.Accepted();
        pool.Details(slot)->TriedCount = 1;
        lent.Add(slot);
        Assert.That(pool.HighWater, Is.GreaterThan(slot));
    }
}

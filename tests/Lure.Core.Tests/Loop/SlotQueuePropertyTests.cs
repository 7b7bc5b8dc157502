using System.Collections.Generic;
using CsCheck;
using Lure.Core.Loop;
using Lure.Core.Tests.Memory;
using NUnit.Framework;

namespace Lure.Core.Tests.Loop;

/// <summary>The run queue against a queue, round and round its ring.</summary>
[TestFixture]
internal sealed class SlotQueuePropertyTests
{
    private static readonly Gen<(int Capacity, bool[] Adds)> Runs = Gen.Select(Gen.Int[1, 9], Gen.Bool.Array[1, 100]);

    [Test]
    public void Slots_come_out_in_their_order() =>
        Runs.Always(run =>
        {
            using TestArena memory = new(1 << 16);
            SlotQueue queue = new(ref memory.Arena, run.Capacity);
            Queue<int> model = [];
            int next = 0;
            foreach (bool add in run.Adds)
            {
                if (add && model.Count < run.Capacity)
                {
                    queue.Add(next);
                    model.Enqueue(next++);
                }
                else if (!add && model.Count > 0)
                {
                    Assert.That(queue.Take(), Is.EqualTo(model.Dequeue()));
                }

                Assert.That(queue.Count, Is.EqualTo(model.Count));
            }
        });

    [TestCase(1, 1)]
    [TestCase(3, 4)]
    [TestCase(4, 4)]
    public void One_more_than_there_can_be_is_a_defect(int capacity, int room)
    {
        using TestArena memory = new(1 << 16);
        SlotQueue queue = new(ref memory.Arena, capacity);
        for (int slot = 0; slot < room; slot++)
        {
            queue.Add(slot);
        }

        Assert.That(
            () => queue.Add(room),
            Throws.TypeOf<CorruptionException>().With.Message.EqualTo("a slot is queued once")
        );
    }

    [Test]
    public void A_list_takes_each_slot_once()
    {
        using TestArena memory = new(1 << 16);
        SlotList list = new(ref memory.Arena, 2);
        list.Add(7);
        list.Add(5);

        Assert.That(list.Count, Is.EqualTo(2));
        Assert.That(list.Slots.ToArray(), Is.EqualTo(new[] { 7, 5 }));
        Assert.That(
            () => list.Add(6),
            Throws.TypeOf<CorruptionException>().With.Message.EqualTo("a slot is listed once")
        );
        list.Clear();
        Assert.That(list.Count, Is.Zero);
        Assert.That(list.Slots.ToArray(), Is.Empty);
    }
}

using System.Collections.Generic;
using CsCheck;
using Lure.Core.Records;
using Lure.Core.Tests.Memory;
using NUnit.Framework;

namespace Lure.Core.Tests.Records;

/// <summary>The ring against a bounded queue.</summary>
[TestFixture]
internal sealed class RecordRingPropertyTests
{
    private enum Act
    {
        Publish,
        Take,
        AnnounceSleep,
        LookForSleeper,
    }

    /// <summary>Long enough to go round the largest ring many times.</summary>
    private static readonly Gen<(int Bits, Act[] Acts)> Runs = Gen.Select(
        Gen.Int[0, 3],
        Gen.Frequency((4, Gen.Const(Act.Publish)), (3, Gen.Const(Act.Take)), (1, Gen.Enum<Act>())).Array[1, 120]
    );

    [TestCase(0)]
    [TestCase(3)]
    [TestCase(-4)]
    public void A_ring_that_is_no_power_of_two_is_refused(int capacity)
    {
        using TestArena memory = new(1 << 16);

        Assert.That(
            () => new RecordRing(ref memory.Arena, capacity),
            Throws.TypeOf<CorruptionException>().With.Message.EqualTo("a ring's capacity is a power of two")
        );
    }

    [Test]
    public void Records_come_out_as_they_went_in_or_are_counted() =>
        Runs.Always(run =>
        {
            using TestArena memory = new(1 << 16);
            int capacity = 1 << run.Bits;
            RecordRing ring = new(ref memory.Arena, capacity);
            Queue<ulong> model = [];
            ulong next = 1;
            long dropped = 0;
            bool asleep = false;
            foreach (Act act in run.Acts)
            {
                switch (act)
                {
                    case Act.Publish:
                        bool fits = model.Count < capacity;
                        Assert.That(ring.TryPublish(new LoopRecord { Id = next }), Is.EqualTo(fits));
                        dropped += fits ? 0 : 1;
                        if (fits)
                        {
                            model.Enqueue(next);
                        }

                        next++;
                        break;
                    case Act.Take:
                        Assert.That(ring.TryTake(out LoopRecord record), Is.EqualTo(model.TryDequeue(out ulong id)));
                        Assert.That(id == 0 || record.Id == id, Is.True);
                        break;
                    case Act.AnnounceSleep:
                        // Who has something to take stays awake, and takes back what it has announced.
                        asleep = model.Count == 0;
                        Assert.That(ring.TryAnnounceSleep(), Is.EqualTo(asleep));
                        break;
                    default:
                        Assert.That(ring.TakeReaderAsleep(), Is.EqualTo(asleep));
                        asleep = false;
                        break;
                }

                Assert.That(ring.Dropped, Is.EqualTo(dropped));
            }
        });
}

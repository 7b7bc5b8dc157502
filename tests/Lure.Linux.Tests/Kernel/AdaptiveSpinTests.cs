using System;
using System.Linq;
using Lure.Linux.Kernel;
using NUnit.Framework;

namespace Lure.Linux.Tests.Kernel;

internal sealed class AdaptiveSpinTests
{
    private const long Patience = 50_000;

    [Test]
    public void Without_patience_there_is_no_look()
    {
        AdaptiveSpin spin = new(0);
        Assert.That(Enumerable.Range(0, 1000).Select(_ => spin.Begin()), Is.All.Zero);
    }

    [Test]
    public void While_looks_find_something_each_wait_begins_with_one()
    {
        AdaptiveSpin spin = new(Patience);
        Assert.That(Looks(ref spin, waits: 1000, _ => true), Is.EqualTo(1000));
    }

    [Test]
    public void Looks_in_vain_come_at_ever_longer_distances_up_to_a_bound()
    {
        AdaptiveSpin spin = new(Patience);
        int[] distances = new int[12];
        for (int i = 0; i < distances.Length; i++)
        {
            distances[i] = WaitsUntilALook(ref spin);
            spin.End(found: false);
        }

        Assert.That(distances, Is.EqualTo(new[] { 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 256, 256 }));
    }

    [Test]
    public void Once_looks_find_something_again_they_come_back_to_each_wait()
    {
        AdaptiveSpin spin = new(Patience);
        _ = Looks(ref spin, waits: 10_000, _ => false);
        _ = Looks(ref spin, waits: 2 * AdaptiveSpin.PauseMax, _ => true);
        Assert.That(Looks(ref spin, waits: 100, _ => true), Is.EqualTo(100));
    }

    [TestCase(3)]
    [TestCase(4)]
    public void Where_most_looks_are_in_vain_few_are_taken(int looksPerFind)
    {
        AdaptiveSpin spin = new(Patience);
        _ = Looks(ref spin, waits: 100_000, look => look % looksPerFind == 0);
        Assert.That(Looks(ref spin, waits: 100_000, look => look % looksPerFind == 0), Is.InRange(1, 1000));
    }

    [TestCase(3)]
    [TestCase(4)]
    public void Where_most_looks_find_something_most_waits_have_one(int looksPerMiss)
    {
        AdaptiveSpin spin = new(Patience);
        Assert.That(Looks(ref spin, waits: 10_000, look => look % looksPerMiss != 0), Is.GreaterThan(5000));
    }

    [Test]
    public void A_look_that_a_deadline_cuts_short_changes_nothing()
    {
        AdaptiveSpin spin = new(Patience);
        Assert.That((spin.Begin(), spin.Begin()), Is.EqualTo((Patience, Patience)));
    }

    private static int WaitsUntilALook(ref AdaptiveSpin spin)
    {
        int waits = 0;
        while (spin.Begin() == 0)
        {
            waits++;
        }

        return waits;
    }

    private static int Looks(ref AdaptiveSpin spin, int waits, Func<int, bool> finds)
    {
        int looks = 0;
        for (int wait = 0; wait < waits; wait++)
        {
            if (spin.Begin() > 0)
            {
                looks++;
                spin.End(finds(looks));
            }
        }

        return looks;
    }
}

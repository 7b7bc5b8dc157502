using Lure.Linux.Simulation;
using NUnit.Framework;

namespace Lure.Linux.Tests.Simulation;

/// <summary>A seed that does not end is noticed, and nothing else.</summary>
internal sealed class StallWatchTests
{
    private const int LooksMax = 3;

    [Test]
    public void What_is_found_too_often_is_named()
    {
        StallWatch watch = new(places: 2);
        watch.Begin(1, seed: 42, LooksMax);

        // The first look only meets it.
        Assert.That(LooksUntilNamed(watch, out string? what), Is.EqualTo(1 + LooksMax));
        Assert.That(what, Is.EqualTo("seed 42"));
    }

    [Test]
    public void A_seed_that_runs_twice_in_a_row_begins_anew()
    {
        StallWatch watch = new(places: 1);
        for (int i = 0; i < 10; i++)
        {
            watch.Begin(0, seed: 42, LooksMax);
            Assert.That(
                (watch.Look(), watch.Look(), watch.Look()),
                Is.EqualTo(((string?)null, (string?)null, (string?)null))
            );
        }
    }

    [Test]
    public void What_has_ended_takes_no_time()
    {
        StallWatch watch = new(places: 1);
        watch.Begin(0, "a script", LooksMax);
        watch.End(0);

        Assert.That(LooksUntilNamed(watch, out string? what), Is.EqualTo(100), what);
    }

    [Test]
    public void Something_that_may_take_longer_is_given_longer()
    {
        StallWatch watch = new(places: 2);
        watch.Begin(0, "many runs", 10 * LooksMax);
        watch.Begin(1, "one run", LooksMax);
        watch.End(1);

        Assert.That(LooksUntilNamed(watch, out string? what), Is.EqualTo(1 + (10 * LooksMax)));
        Assert.That(what, Is.EqualTo("many runs"));
    }

    private static int LooksUntilNamed(StallWatch watch, out string? what)
    {
        int looks = 0;
        do
        {
            what = watch.Look();
            looks++;
        } while (what is null && looks < 100);

        return looks;
    }
}

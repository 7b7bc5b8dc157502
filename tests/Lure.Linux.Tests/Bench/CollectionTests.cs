using Lure.Bench.Garbage;
using NUnit.Framework;

namespace Lure.Linux.Tests.Bench;

[NonParallelizable]
internal sealed class CollectionTests
{
    private const int Sessions = 2_000;

    /// <summary>Less than a byte each: what the test runner allocates beside it is of that order, an object for each session is not.</summary>
    [Test]
    public void A_loaded_relay_with_its_log_on_allocates_nothing_for_a_session()
    {
        CollectionReport report = CollectionCheck.Run(Sessions);
        Assert.That(report.Sessions, Is.EqualTo(Sessions));
        Assert.That(report.Collections, Is.Zero);
        Assert.That(report.AllocatedBytes, Is.LessThan(Sessions));
    }
}

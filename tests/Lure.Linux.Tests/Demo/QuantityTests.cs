using Lure.Linux.Demo;
using NUnit.Framework;

namespace Lure.Linux.Tests.Demo;

/// <summary>Three digits and a unit, whatever the number.</summary>
[TestFixture]
internal sealed class QuantityTests
{
    [TestCase(0, "0")]
    [TestCase(9_999, "9999")]
    [TestCase(10_000, "10.0k")]
    [TestCase(99_950, "100k")]
    [TestCase(999_500, "1.00M")]
    [TestCase(long.MaxValue, "9.22E")]
    public void CountsNeverExceedFiveCharacters(long count, string expected) =>
        Assert.That(Quantity.Count(count), Is.EqualTo(expected).And.Length.LessThanOrEqualTo(5));

    [TestCase(0, "0 B")]
    [TestCase(999, "999 B")]
    [TestCase(1_000, "1.00 kB")]
    [TestCase(9_994, "9.99 kB")]
    [TestCase(9_995, "10.0 kB")]
    [TestCase(99_949, "99.9 kB")]
    [TestCase(999_499, "999 kB")]
    [TestCase(999_500, "1.00 MB")]
    [TestCase(long.MaxValue, "9.22 EB")]
    public void BytesNeverExceedSevenCharacters(long bytes, string expected) =>
        Assert.That(Quantity.Bytes(bytes), Is.EqualTo(expected).And.Length.LessThanOrEqualTo(7));

    [TestCase(null, "-")]
    [TestCase(850L, "850 ns")]
    [TestCase(85_000L, "85.0 us")]
    [TestCase(1_240_000L, "1.24 ms")]
    [TestCase(60_000_000_000L, "60.0 s")]
    public void TimesComeInNanosecondsAndCanBeUnknown(long? nanoseconds, string expected) =>
        Assert.That(Quantity.Time(nanoseconds), Is.EqualTo(expected));
}

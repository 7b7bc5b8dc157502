using Lure.Sim.Entropy;
using NUnit.Framework;

namespace Lure.Sim.Tests.Entropy;

/// <summary>Seeds as people write them.</summary>
[TestFixture]
[Category("Long")]
public sealed class SeedTextTests
{
    [TestCase("0", 0UL)]
    [TestCase("42", 42UL)]
    [TestCase("18446744073709551615", ulong.MaxValue)]
    [TestCase("0x2a", 42UL)]
    [TestCase("0XFFFFFFFFFFFFFFFF", ulong.MaxValue)]
    [TestCase("0123456789abcdef0123456789abcdef01234567", 0x0123_4567_89ab_cdefUL)]
    [TestCase("1111111111111111111111111111111111111111", 0x1111_1111_1111_1111UL)]
    public void AreTaken(string text, ulong seed)
    {
        Assert.That(SeedText.TryParse(text, out ulong parsed), Is.True);
        Assert.That(parsed, Is.EqualTo(seed));
    }

    [TestCase("")]
    [TestCase("-1")]
    [TestCase("+1")]
    [TestCase(" 1")]
    [TestCase("1e3")]
    [TestCase("0x")]
    [TestCase("0x12345678901234567")]
    [TestCase("18446744073709551616")]
    [TestCase("deadbeef")]
    [TestCase("0123456789abcdef0123456789abcdef0123456")]
    [TestCase("0123456789abcdef0123456789abcdef0123456g")]
    public void AreRefused(string text) => Assert.That(SeedText.TryParse(text, out _), Is.False);
}

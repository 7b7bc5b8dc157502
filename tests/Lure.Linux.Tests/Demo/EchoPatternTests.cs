using System;
using System.Linq;
using Lure.Linux.Demo;
using NUnit.Framework;

namespace Lure.Linux.Tests.Demo;

/// <summary>A wrong byte is seen, wherever it stands and wherever it comes from.</summary>
[TestFixture]
internal sealed class EchoPatternTests
{
    [Test]
    public void TheSameBytesAreRight() => Assert.That(EchoPattern.Difference(Message(1, 2), Message(1, 2)), Is.Null);

    [TestCase(0)]
    [TestCase(31)]
    [TestCase(63)]
    public void AChangedByteIsNamed(int index)
    {
        byte[] sent = Message(1, 2);
        byte[] received = Message(1, 2);
        received[index] ^= 1;

        Assert.That(
            EchoPattern.Difference(sent, received),
            Is.EqualTo($"byte {index} of 64 came back as 0x{received[index]:x2} instead of 0x{sent[index]:x2}")
        );
    }

    [Test]
    public void AMissingByteIsNamed()
    {
        byte[] sent = Message(1, 2);

        Assert.That(
            EchoPattern.Difference(sent, sent.AsSpan(0, 63)),
            Is.EqualTo($"byte 63 of 64 came back as nothing instead of 0x{sent[63]:x2}")
        );
    }

    [TestCase(1, 3)]
    [TestCase(2, 2)]
    public void AnotherSessionOrRoundHasOtherBytes(int session, int round) =>
        Assert.That(EchoPattern.Difference(Message(1, 2), Message(session, round)), Is.Not.Null);

    [Test]
    public void BytesThatMovedAreSeen()
    {
        byte[] sent = Message(1, 2);
        byte[] moved = [.. sent.Skip(1), sent[0]];

        Assert.That(EchoPattern.Difference(sent, moved), Is.Not.Null);
    }

    private static byte[] Message(int session, int round)
    {
        byte[] message = new byte[64];
        EchoPattern.Fill(message, session, round);
        return message;
    }
}

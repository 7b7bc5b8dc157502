using System.IO;
using Lure.Linux.Commands;
using NUnit.Framework;

namespace Lure.Linux.Tests.Commands;

[TestFixture]
internal sealed class ErrorOutputTests
{
    [Test]
    public void What_cannot_be_said_stops_nobody()
    {
        using FileStream full = new("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        using StreamWriter inner = new(full) { AutoFlush = true };
        using ErrorOutput output = new(inner);
        Assert.That(() => inner.WriteLine("refused"), Throws.InstanceOf<IOException>(), "the device is full");

        Assert.That(() => output.WriteLine("refused"), Throws.Nothing);
        Assert.That(output.Flush, Throws.Nothing);
    }
}

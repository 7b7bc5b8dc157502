using System.IO;
using System.Text;
using Lure.Core.Kernel;
using Lure.Linux.Kernel;
using Lure.Linux.Logging;
using NUnit.Framework;

namespace Lure.Linux.Tests.Logging;

internal sealed class LogOutputTests
{
    [Test]
    public void A_full_disk_costs_lines_but_not_the_output()
    {
        using FileStream full = new("/dev/full", FileMode.Open, FileAccess.Write);
        using EventFd wake = new();
        LogOutput output = new((int)full.SafeFileHandle.DangerousGetHandle(), wake);
        Assert.That(output.Write("one\ntwo\n"u8, () => -1), Is.EqualTo(2));
        Assert.That(output.ClosedBy, Is.Zero);
        Assert.That(output.TakeFailure(), Is.EqualTo(Errno.NoSpace));
        Assert.That(output.TakeFailure(), Is.Zero);
    }

    [Test]
    public void A_line_that_was_cut_is_ended_before_the_next()
    {
        using Pipe pipe = new(nonBlocking: true);
        using EventFd wake = new();
        LogOutput output = new(pipe.WriteEnd, wake);
        string stuck = new string('a', 4000) + "\n" + new string('b', 4000) + "\nc\n";
        Assert.That(output.Write(Encoding.UTF8.GetBytes(stuck), () => 0), Is.EqualTo(2));
        Assert.That(pipe.ReadLine(), Is.EqualTo(new string('a', 4000)));
        Assert.That(output.Write("next\n"u8, () => 0), Is.Zero);
        Assert.That(pipe.ReadLine(), Is.EqualTo(new string('b', 95)));
        Assert.That(pipe.ReadLine(), Is.EqualTo("next"));
    }

    [Test]
    public void A_descriptor_that_is_none_ends_the_output()
    {
        using EventFd wake = new();
        LogOutput output = new(-1, wake);
        Assert.That(output.Write("one\n"u8, () => -1), Is.EqualTo(1));
        Assert.That(output.ClosedBy, Is.EqualTo(Errno.BadDescriptor));
        Assert.That(output.Write("two\nthree\n"u8, () => -1), Is.EqualTo(2));
    }
}

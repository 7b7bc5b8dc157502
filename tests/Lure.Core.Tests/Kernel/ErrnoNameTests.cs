using Lure.Core.Kernel;
using NUnit.Framework;

namespace Lure.Core.Tests.Kernel;

internal sealed class ErrnoNameTests
{
    [TestCase(1, "EPERM")]
    [TestCase(62, "ETIME")]
    [TestCase(63, "errno 63")]
    [TestCase(64, "ENONET")]
    [TestCase(125, "ECANCELED")]
    [TestCase(4096, "errno 4096")]
    public void A_number_has_its_name_or_itself(int errno, string name) =>
        Assert.That(ErrnoName.Of(errno), Is.EqualTo(name));

    [TestCase(1500, "1500")]
    [TestCase(0, "0")]
    [TestCase(-11, "-EAGAIN")]
    public void An_answer_is_a_count_or_a_name(long result, string text) =>
        Assert.That(ErrnoName.OfResult(result), Is.EqualTo(text));
}

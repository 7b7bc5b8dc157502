using System.Linq;
using Lure.Core.Kernel;
using NUnit.Framework;
using static System.StringComparison;

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

    [Test]
    public void No_two_numbers_have_one_name()
    {
        string[] names =
        [
            .. Enumerable.Range(0, 4096).Select(ErrnoName.Of).Where(name => !name.StartsWith("errno ", Ordinal)),
        ];

        Assert.That(names, Is.Unique.And.Length.EqualTo(58).And.All.Match("^E[A-Z]+$"));
    }

    [TestCase(1500, "1500")]
    [TestCase(0, "0")]
    [TestCase(-11, "-EAGAIN")]
    public void An_answer_is_a_count_or_a_name(long result, string text) =>
        Assert.That(ErrnoName.OfResult(result), Is.EqualTo(text));
}

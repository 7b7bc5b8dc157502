using System;
using System.Linq;
using NUnit.Framework;

namespace Lure.Mutation.Tests;

/// <summary>What is tried is reckoned by the time that it has, and is never nothing.</summary>
[TestFixture]
internal sealed class BudgetTests
{
    private static readonly Roof s_roof = new("r", "P", [], [], ["A.cs", "B.cs", "C.cs"]);

    [TestCase(6, 473)]
    [TestCase(3, 143)]
    [TestCase(1, 40)]
    public void A_run_has_a_beginning_and_then_so_many_lines_a_minute(int minutes, int lines) =>
        Assert.That(Budget.LinesIn(TimeSpan.FromMinutes(minutes)), Is.EqualTo(lines));

    [TestCase(6, 3)]
    [TestCase(3, 2)]
    [TestCase(2, 1)]
    public void Of_a_sample_the_first_files_are_tried(int minutes, int files)
    {
        using TemporaryCheckout checkout = new();
        foreach (string file in s_roof.Sample)
        {
            checkout.Write($"P/{file}", string.Concat(Enumerable.Repeat("// a line\n", 60)));
        }

        Assert.That(
            Budget.SampleIn(TimeSpan.FromMinutes(minutes), checkout.Root, s_roof),
            Is.EqualTo(s_roof.Sample[..files])
        );
    }
}

using System;
using NUnit.Framework;

namespace Lure.Mutation.Tests;

/// <summary>What is tried is reckoned by the time that it has, and is never nothing.</summary>
[TestFixture]
internal sealed class BudgetTests
{
    [TestCase(6, 473)]
    [TestCase(3, 143)]
    [TestCase(1, 40)]
    public void A_run_has_a_beginning_and_then_so_many_lines_a_minute(int minutes, int lines) =>
        Assert.That(Budget.LinesIn(TimeSpan.FromMinutes(minutes)), Is.EqualTo(lines));
}

using System.Linq;
using Lure.Tests;
using NUnit.Framework;
using NUnit.Framework.Internal;

namespace Lure.Core.Tests;

/// <summary>A shuffle that left the order as it is would prove nothing.</summary>
[TestFixture]
internal sealed class SeededOrderTests
{
    [Test]
    public void Another_seed_is_another_order_and_the_same_seed_the_same_one()
    {
        string[] order = Order("1");
        Assert.That(order, Is.EqualTo(Order("1")));
        Assert.That(order, Is.Not.EqualTo(Order("2")));
        Assert.That(order, Is.Not.Ordered);
    }

    private static string[] Order(string seed)
    {
        TestSuite suite = new("suite");
        foreach (int i in Enumerable.Range(10, 20))
        {
            suite.Add(new TestSuite($"T{i}"));
        }

        SeededOrderAttribute.Draw(suite, seed);
        return [.. suite.Tests.OrderBy(test => test.Properties.Get(PropertyNames.Order)).Select(test => test.Name)];
    }
}

using System.Linq;
using Lure.Core.Backends;
using NUnit.Framework;

namespace Lure.Core.Tests.Backends;

internal sealed class Random64Tests
{
    /// <summary>The first numbers of SplitMix64 from 1234567, as its published implementations give them.</summary>
    [Test]
    public void The_numbers_are_those_of_SplitMix64()
    {
        Random64 random = new(1234567);
        Assert.That(
            new[] { random.Next(), random.Next(), random.Next(), random.Next(), random.Next() },
            Is.EqualTo(
                new[]
                {
                    6457827717110365317UL,
                    3203168211198807973UL,
                    9817491932198370423UL,
                    4593380528125082431UL,
                    16408922859458223821UL,
                }
            )
        );
    }

    [Test]
    public void Every_number_below_a_bound_comes_and_no_other()
    {
        Random64 random = new(1);
        Assert.That(
            Enumerable.Range(0, 200).Select(_ => random.Below(5)).Distinct().Order(),
            Is.EqualTo(Enumerable.Range(0, 5))
        );
    }
}

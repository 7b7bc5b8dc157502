using System;
using System.Text;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

[assembly: Lure.Tests.SeededOrder]

namespace Lure.Tests;

/// <summary>
/// Where LURE_ORDER gives a seed, tests run in an order drawn from it, at each level: namespaces, fixtures, methods,
/// cases. NUnit has no shuffle of its own, but it sorts by the property that <see cref="OrderAttribute"/> sets.
/// </summary>
/// <remarks>The place of a test follows from the seed and its own name, so it does not depend on which others there are.</remarks>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class SeededOrderAttribute : NUnitAttribute, IApplyToTest
{
    private const string Variable = "LURE_ORDER";

    public void ApplyToTest(Test test)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } seed)
        {
            Draw(test, seed);
        }
    }

    /// <param name="test">With all below it.</param>
    /// <param name="seed">Any text.</param>
    internal static void Draw(ITest test, string seed)
    {
        foreach (ITest child in test.Tests)
        {
            child.Properties.Set(PropertyNames.Order, PlaceOf($"{seed} {child.FullName}"));
            Draw(child, seed);
        }
    }

    /// <summary>FNV-1a: the same on every machine, as hash codes of texts are not.</summary>
    private static int PlaceOf(string text)
    {
        uint hash = 2166136261;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ b) * 16777619;
        }

        // Names that differ in their last letter only would stay neighbours.
        hash ^= hash >> 15;
        hash *= 2246822519;
        return (int)(hash >> 1);
    }
}

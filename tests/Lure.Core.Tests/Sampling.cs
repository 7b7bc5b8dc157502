using System;
using CsCheck;

namespace Lure.Core.Tests;

/// <summary>Properties that hold for whatever a generator makes.</summary>
internal static class Sampling
{
    private const int PinnedSamples = 60;

    // Other samples each time find more; but whether a mutant is killed must not depend on luck.
    private static readonly bool s_arePinned = Environment.GetEnvironmentVariable("LURE_MTP") == "1";

    /// <param name="gen">What to try.</param>
    /// <param name="property">Fails by an assertion.</param>
    public static void Always<T>(this Gen<T> gen, Action<T> property)
    {
        if (!s_arePinned)
        {
            gen.Sample(property);
            return;
        }

        PCG random = new(stream: 1, seed: 1);
        for (int i = 0; i < PinnedSamples; i++)
        {
            property(gen.Generate(random, null, out _));
        }
    }
}

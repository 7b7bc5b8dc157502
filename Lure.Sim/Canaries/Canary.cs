using System;
using Lure.Core.Loop;

namespace Lure.Sim.Canaries;

/// <summary>A known defect, to prove that a check can ring.</summary>
/// <param name="Name">How reports and documents call it.</param>
/// <param name="Check">The check that it is for: V1 to V23.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Tell">The kernel's part of it.</param>
internal sealed record Canary(string Name, string Check, string What, Func<Lie> Tell)
{
    /// <summary>One lie serves all runs, instead of one each.</summary>
    public bool Outlasts { get; init; }

    /// <summary>For defects of the loop itself, which no kernel could provoke: what the checks are shown of it.</summary>
    public Func<ILoopInspection, ILoopInspection>? Show { get; init; }
}

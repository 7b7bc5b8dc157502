namespace Lure.Sim.Scripts;

/// <summary>What a run can say.</summary>
public enum ScriptVerdict
{
    /// <summary>Everything that was to hold did.</summary>
    Held,

    /// <summary>A check failed.</summary>
    Failed,

    /// <summary>The run did not do what it was to do, so it proves nothing; not a pass.</summary>
    Inconclusive,
}

/// <summary>What came of a script.</summary>
/// <param name="Verdict">Whether it is as it has to be.</param>
/// <param name="Message">What is wrong; null when it held.</param>
/// <param name="Check">The check that failed in the run, expected or not; null for none.</param>
/// <param name="Hash">Of all calls with their bytes.</param>
/// <param name="Calls">Simulated.</param>
public sealed record ScriptResult(ScriptVerdict Verdict, string? Message, string? Check, ulong Hash, long Calls);

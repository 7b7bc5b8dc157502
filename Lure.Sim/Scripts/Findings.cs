using System;
using Lure.Core;

namespace Lure.Sim.Scripts;

/// <summary>Which exceptions out of a simulation are a finding, and what they say.</summary>
internal static class Findings
{
    private const string Undecided = "it does not come to an end";

    /// <summary>A loop that is broken may do anything; only what the machine itself lacks is nobody's bug.</summary>
    public static bool Are(Exception exception) => exception is not (OutOfMemoryException or ObjectDisposedException);

    public static string Describe(Exception exception) =>
        exception is SimulationViolationException or CorruptionException
            ? exception.Message
            : $"{exception.GetType().Name}: {exception.Message}";

    /// <summary>The run was cut off by a bound of the simulation, not by a check of the loop.</summary>
    public static bool IsUndecided(string message) =>
        FailureId.ClaimOf(message).StartsWith(Undecided, StringComparison.Ordinal);

    /// <summary>What is known of whose bug it is.</summary>
    public static string WhoseIs(string message)
    {
        string check = FailureId.Of(message);
        return check == FailureId.Fake ? "The fake kernel contradicts itself: the bug is there, not in the loop."
            : IsUndecided(message) ? "Inconclusive: the simulation reached a bound of its own. That is no pass."
            : "The loop, as far as the simulation knows; what the fake kernel answered is in the trace.";
    }
}

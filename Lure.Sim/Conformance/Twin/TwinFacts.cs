using System;
using System.Collections.Generic;

namespace Lure.Sim.Conformance.Twin;

/// <summary>Reads what a <see cref="TwinRun{TKernel,TApi}"/> has written down.</summary>
public static class TwinFacts
{
    private const string EndOfSession = "SessionEnd ";

    /// <returns>What each peer received and how it ended, then the codes of the end records.</returns>
    public static string Ends(IReadOnlyList<string> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        List<string> ends = [];
        foreach (string fact in facts)
        {
            if (fact.Contains(" received, ", StringComparison.Ordinal))
            {
                ends.Add(fact);
            }
            else if (fact.StartsWith(EndOfSession, StringComparison.Ordinal))
            {
                ends.Add(fact[(fact.IndexOf("code=", StringComparison.Ordinal) + 5)..][..2]);
            }
        }

        return string.Join("; ", ends);
    }
}

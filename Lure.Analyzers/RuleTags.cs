using Microsoft.CodeAnalysis;

namespace Lure.Analyzers;

/// <summary>What the compiler is told of a rule.</summary>
/// <remarks>
/// What can be is a constant, the texts of the rules with it: tests read them all, and a mutant of what is made once for the
/// process could not be tried beside others.
/// </remarks>
internal static class RuleTags
{
    public const string Category = "HotPath";

    /// <summary>A hot path that is not judged proves nothing.</summary>
    public const bool AlwaysOn = true;

    /// <summary>
    /// The first tag takes a rule out of the reach of pragmas, <c>NoWarn</c>, rule sets and .editorconfig, the second out
    /// of that of <c>[SuppressMessage]</c>, which the compiler does not apply to what bears its own mark.
    /// </summary>
    public static readonly string[] NoWayAround =
    [
        WellKnownDiagnosticTags.NotConfigurable,
        WellKnownDiagnosticTags.Compiler,
    ];
}

using System.Text.RegularExpressions;

namespace Lure.Mutation;

/// <param name="File">From the checkout's root.</param>
/// <param name="Line">From 1 on.</param>
/// <param name="Original">What stands there, on one line.</param>
/// <param name="Replacement">What was put there, on one line.</param>
/// <param name="Status">As Stryker calls it.</param>
internal sealed partial record Mutant(string File, int Line, string Original, string Replacement, string Status)
{
    public bool IsKilled => Status == "Killed";

    /// <summary>The tests did not come to an end: noticed, if by the clock.</summary>
    public bool IsTimeout => Status == "Timeout";

    /// <summary>The process of the tests died of it, and may have died of what another one left: not counted as noticed.</summary>
    public bool IsCrash => Status == "RuntimeError";

    public bool IsSurvivor => Status is "Survived" or "NoCoverage";

    /// <summary>Could not be compiled, or lies within another one.</summary>
    public bool IsNone => Status is "CompileError" or "Ignored";

    /// <summary>A text on one line, so that a list may break it as it likes.</summary>
    public static string Flat(string text) => Whitespace().Replace(text, " ").Trim();

    public override string ToString() => $"{File}:{Line}: `{Original}` -> `{Replacement}`";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}

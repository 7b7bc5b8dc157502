using System.Text.RegularExpressions;

namespace Lure.Analyzers.Tests;

/// <summary>When a construct makes its object, as the runtime counts it.</summary>
public enum Cost
{
    Never,
    FirstRun,
    EachRun,
}

/// <summary>
/// A row that the analyzer and the runtime both judge: statements with the flagged expression between
/// <c>[|</c> and <c>|]</c>, what they cost, and the message of the flag.
/// </summary>
public sealed partial record Construct(string Code, Cost Cost, string? Message = null)
{
    [GeneratedRegex(@"\[\||\|\]")]
    private static partial Regex Brackets { get; }

    public string CodeWithoutMarks => Brackets.Replace(Code, "");

    public override string ToString() => Code;
}

namespace Lure.Analyzers;

/// <summary>What an expression allocates, and what to write instead; both are parts of a message.</summary>
internal sealed class Allocation(string what, string instead)
{
    public string What { get; } = what;

    public string Instead { get; } = instead;
}

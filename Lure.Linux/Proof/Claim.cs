namespace Lure.Linux.Proof;

/// <summary>Something that is said of this binary, and whether it was found to be so.</summary>
/// <param name="Holds">Whether it is so.</param>
/// <param name="Text">One line: what was done, and what it cost.</param>
internal readonly record struct Claim(bool Holds, string Text);

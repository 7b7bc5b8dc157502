using System;

namespace Lure.Analyzers;

/// <summary>
/// The only door out of a hot path: a member of a hot type, or a local function of a hot member, that may
/// allocate. It reads as an admission, so it says why and how often.
/// </summary>
/// <remarks>The attribute nearest to the code decides; where both stand on one declaration it is hot.</remarks>
/// <param name="reason">Why it need not be hot.</param>
/// <param name="perTurnMax">How often one turn of the loop may run it; 0 for what runs only outside of turns.</param>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Field,
    Inherited = false
)]
public sealed class ColdPathAttribute(string reason, int perTurnMax) : Attribute
{
    /// <summary>Why it need not be hot.</summary>
    public string Reason { get; } = reason;

    /// <summary>How often one turn of the loop may run it; 0 for what runs only outside of turns.</summary>
    public int PerTurnMax { get; } = perTurnMax;
}

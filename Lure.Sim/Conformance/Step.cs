namespace Lure.Sim.Conformance;

/// <summary>One call of a conformance script.</summary>
/// <param name="Kind">Which.</param>
/// <param name="X">The first name, 0 for a.</param>
/// <param name="Y">The second name.</param>
/// <param name="N">The first number, or the bits of a mask.</param>
/// <param name="M">The second number.</param>
public readonly record struct Step(StepKind Kind, int X, int Y, int N, int M)
{
    /// <summary>A name is a letter.</summary>
    public const int Names = 26;
}

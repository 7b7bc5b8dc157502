namespace Lure.Sim.Conformance.Twin;

/// <summary>One step of a twin script.</summary>
/// <param name="Verb">What happens.</param>
/// <param name="End">To which end: 0 for a, <see cref="Sessions"/> for A.</param>
/// <param name="Count">Bytes, or the number of a server.</param>
public readonly record struct TwinStep(TwinVerb Verb, int End, int Count)
{
    /// <summary>Clients of a script at most; each has two ends.</summary>
    public const int Sessions = 8;

    /// <summary>Ends of a script.</summary>
    public const int Ends = 2 * Sessions;

    /// <summary>The end at the other side of the relay.</summary>
    public static int Opposite(int end) => (end + Sessions) % Ends;
}

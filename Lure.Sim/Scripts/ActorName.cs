using System.Globalization;

namespace Lure.Sim.Scripts;

/// <summary>A peer as scripts call it: c2 is the second client, s1.3 the third connection that the first server accepted.</summary>
/// <param name="Server">Number of the server from 0 on; -1 for a client.</param>
/// <param name="Ordinal">Number of the client, or of the server's connection, from 0 on; -1 for every connection.</param>
public readonly record struct ActorName(int Server, int Ordinal)
{
    public static ActorName Client(int ordinal) => new(-1, ordinal);

    public bool IsClient => Server < 0;

    /// <inheritdoc/>
    public override string ToString() =>
        IsClient ? string.Create(CultureInfo.InvariantCulture, $"c{Ordinal + 1}")
        : Ordinal < 0 ? string.Create(CultureInfo.InvariantCulture, $"s{Server + 1}")
        : string.Create(CultureInfo.InvariantCulture, $"s{Server + 1}.{Ordinal + 1}");
}

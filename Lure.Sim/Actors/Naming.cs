using System.Globalization;

namespace Lure.Sim.Actors;

/// <summary>The names of peers in scripts, traces and reports, counted from 1.</summary>
internal static class Naming
{
    /// <summary>c2 is the second client, s1.3 the third connection that the first server accepted.</summary>
    public static string Of(Actor actor) =>
        actor.IsClient
            ? string.Create(CultureInfo.InvariantCulture, $"c{actor.Ordinal + 1}")
            : string.Create(CultureInfo.InvariantCulture, $"s{actor.Server + 1}.{actor.Ordinal + 1}");
}

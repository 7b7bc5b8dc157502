using System.Collections.Immutable;
using Lure.Bench.Load;
using Lure.Bench.Relays;

namespace Lure.Bench.Rows;

/// <summary>One number of a row.</summary>
/// <param name="Name">With its unit.</param>
/// <param name="Decimals">Shown; more would be noise.</param>
internal sealed record Figure(string Name, int Decimals);

/// <summary>One kind of load and what is read off the relay under it.</summary>
internal abstract class Row
{
    /// <summary>As it is asked for on the command line.</summary>
    public abstract string Key { get; }

    public abstract string Title { get; }

    public abstract ImmutableArray<Figure> Figures { get; }

    /// <summary>Whether the relay writes its session log.</summary>
    public virtual bool LogsSessions => false;

    /// <summary>Descriptors that the relay or this process needs for it.</summary>
    public abstract int Descriptors { get; }

    /// <summary>Loads a relay that was just started.</summary>
    /// <param name="relay">Alone on its CPU.</param>
    /// <param name="nanoseconds">How long the measured part lasts.</param>
    /// <returns>One value for each of <see cref="Figures"/>; NaN where the load was too short to say.</returns>
    /// <exception cref="LoadException">The load did not come through.</exception>
    public abstract ImmutableArray<double> Measure(RelayProcess relay, long nanoseconds);
}

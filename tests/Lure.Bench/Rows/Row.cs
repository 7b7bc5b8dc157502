using System.Collections.Immutable;
using Lure.Bench.Load;
using Lure.Bench.Relays;

namespace Lure.Bench.Rows;

/// <summary>Starts the relay that is to be measured.</summary>
/// <param name="backendPort">To relay to, of 127.0.0.1: it has to listen already.</param>
/// <returns>Who gets it disposes of it.</returns>
internal delegate RelayProcess RelayStart(int backendPort);

/// <summary>One kind of load and what is read off the relay under it.</summary>
internal abstract class Row
{
    /// <summary>As it is asked for on the command line.</summary>
    public abstract string Key { get; }

    public abstract string Title { get; }

    public abstract ImmutableArray<Figure> Figures { get; }

    /// <summary>Threads of the relay that carry bytes.</summary>
    public virtual int Workers => 1;

    /// <summary>Whether the relay writes its session log.</summary>
    public virtual bool LogsSessions => false;

    /// <summary>How the bare loop takes part; null when it does not.</summary>
    public virtual BareMode? Limit => BareMode.Copy;

    /// <summary>Arguments of lure beside its defaults.</summary>
    public virtual ImmutableArray<string> LureSettings => [];

    /// <summary>Descriptors that the relay or this process needs for it.</summary>
    public abstract int Descriptors { get; }

    /// <summary>Why it cannot be measured on this machine, and the cure; null when it can.</summary>
    public virtual string? Obstacle => null;

    /// <summary>Starts a backend and the relay, and loads the relay.</summary>
    /// <param name="start">Starts the relay, alone on its CPUs.</param>
    /// <param name="nanoseconds">How long the measured part lasts.</param>
    /// <returns>One value for each of <see cref="Figures"/>; NaN where the load was too short to say.</returns>
    /// <exception cref="LoadException">The load did not come through.</exception>
    public abstract ImmutableArray<double> Measure(RelayStart start, long nanoseconds);
}

using System.Collections.Immutable;
using Lure.Bench.Load;
using Lure.Bench.Relays;

namespace Lure.Bench.Rows;

/// <summary>A row whose messages come back from an echo backend.</summary>
internal abstract class EchoBackedRow : Row
{
    /// <inheritdoc/>
    public sealed override ImmutableArray<double> Measure(RelayStart start, long nanoseconds)
    {
        // A backend for each relay: the ports that ended connections keep taken are of one relay then.
        using EchoBackend backend = new();
        using RelayProcess relay = start(backend.Port);
        try
        {
            return Load(relay, nanoseconds);
        }
        finally
        {
            // A backend that failed looks from the clients' side like a relay that did: so it is asked first.
            backend.ThrowIfFailed();
        }
    }

    /// <summary>Loads a relay that was just started; see <see cref="Measure"/>.</summary>
    protected abstract ImmutableArray<double> Load(RelayProcess relay, long nanoseconds);
}

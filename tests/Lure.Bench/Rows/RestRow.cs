using System.Collections.Immutable;
using System.Threading;
using Lure.Bench.Relays;

namespace Lure.Bench.Rows;

/// <summary>Memory of a relay that has started and was asked for nothing.</summary>
internal sealed class RestRow : Row
{
    public const double BytesPerMegabyte = 1e6;

    private const int DescriptorsMin = 100;

    /// <summary>ms for the start to be over.</summary>
    private const int SettleMilliseconds = 200;

    /// <inheritdoc/>
    public override string Key => "rest";

    /// <inheritdoc/>
    public override string Title => "at rest";

    /// <inheritdoc/>
    public override ImmutableArray<Figure> Figures => [new("RSS, MB", 1)];

    /// <inheritdoc/>
    public override int Descriptors => DescriptorsMin;

    /// <inheritdoc/>
    public override ImmutableArray<double> Measure(RelayProcess relay, long nanoseconds)
    {
        Thread.Sleep(SettleMilliseconds);
        return [relay.ResidentBytes / BytesPerMegabyte];
    }
}

using System.Collections.Immutable;
using System.Linq;
using Lure.Bench.Relays;
using Lure.Bench.Rows;

namespace Lure.Bench.Tools;

/// <summary>A cross-check: a well-known program as the load, through a relay before a well-known server.</summary>
internal abstract class ToolRow : Row
{
    private const int DescriptorsMin = 500;

    /// <summary>A program that is needed, and the package that provides it.</summary>
    protected abstract ImmutableArray<(string? Path, string Name, string Package)> Programs { get; }

    /// <inheritdoc/>
    public override int Descriptors => DescriptorsMin;

    /// <inheritdoc/>
    public override string? Obstacle =>
        Programs
            .Where(program => program.Path is null)
            .Select(program => $"{program.Name} is not installed: apt-get install {program.Package}")
            .FirstOrDefault();

    /// <inheritdoc/>
    public sealed override ImmutableArray<double> Measure(RelayStart start, long nanoseconds)
    {
        using ToolServer server = Serve();
        using RelayProcess relay = start(server.Port);
        long cpu = relay.CpuNanoseconds;
        (double rate, double operations) = Load(server, relay.Port, nanoseconds);
        cpu = relay.CpuNanoseconds - cpu;
        return [rate, cpu / operations / Rate.NanosecondsPerMicrosecond];
    }

    protected abstract ToolServer Serve();

    /// <summary>Runs the tool.</summary>
    /// <returns>What it says of the rate, and how much it did in all: in the units of the figures.</returns>
    protected abstract (double Rate, double Operations) Load(ToolServer server, int relayPort, long nanoseconds);

    /// <summary>Whole seconds: these tools know no others.</summary>
    protected static string Seconds(long nanoseconds) => Text((int)System.Math.Max(1, nanoseconds / 1_000_000_000));

    protected static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

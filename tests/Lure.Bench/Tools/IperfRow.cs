using System.Collections.Immutable;
using System.Text.Json;
using Lure.Bench.Relays;
using Lure.Bench.Rows;

namespace Lure.Bench.Tools;

/// <summary>Streams of iperf3 from its client to its server.</summary>
internal sealed class IperfRow : ToolRow
{
    private const string Streams = "4";
    private const double BitsPerByte = 8;

    /// <inheritdoc/>
    public override string Key => "iperf3";

    /// <inheritdoc/>
    public override string Title => "iperf3, 4 streams up";

    /// <inheritdoc/>
    public override BareMode? Limit => BareMode.Splice;

    /// <inheritdoc/>
    public override ImmutableArray<Figure> Figures =>
        [new("MB/s", 0) { Better = Better.Higher }, new("CPU per MB, µs", 0)];

    /// <inheritdoc/>
    protected override ImmutableArray<(string? Path, string Name, string Package)> Programs =>
        [(ProgramFiles.Find("iperf3"), "iperf3", "iperf3")];

    /// <inheritdoc/>
    protected override ToolServer Serve() =>
        ToolServer.Start(
            (port, _) => [ProgramFiles.Find("iperf3")!, "--server", "--bind", "127.0.0.1", "--port", Text(port)]
        );

    /// <inheritdoc/>
    protected override (double Rate, double Operations) Load(ToolServer server, int relayPort, long nanoseconds)
    {
        string[] arguments =
        [
            "--client",
            "127.0.0.1",
            "--port",
            Text(relayPort),
            "--parallel",
            Streams,
            "--time",
            Seconds(nanoseconds),
            "--json",
        ];
        using JsonDocument output = JsonDocument.Parse(ToolRun.Output("iperf3", arguments));
        JsonElement received = output.RootElement.GetProperty("end").GetProperty("sum_received");
        double bits = received.GetProperty("bits_per_second").GetDouble();
        double bytes = received.GetProperty("bytes").GetDouble();
        return (bits / BitsPerByte / Rate.BytesPerMegabyte, bytes / Rate.BytesPerMegabyte);
    }
}

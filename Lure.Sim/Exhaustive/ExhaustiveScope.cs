using System.Globalization;
using Lure.Core.Backends;
using Lure.Core.Loop;
using Lure.Sim.Running;

namespace Lure.Sim.Exhaustive;

/// <summary>
/// How small the world is in which everything is tried: one client, one server, one worker, blocks and
/// buffers of two bytes.
/// </summary>
internal sealed record ExhaustiveScope
{
    private const int Bytes = 2;
    private const int CallsForEver = 1_000_000;

    public const int NoBound = int.MaxValue;

    /// <summary>Bytes that each of the two sends at most.</summary>
    public int Payload { get; init; } = 2 * Bytes;

    /// <summary>Bytes that it sends at once.</summary>
    public int Piece { get; init; } = Bytes;

    /// <summary>How often in a run a peer acts while the loop is awake: between its calls, not only when it sleeps.</summary>
    public int Interferences { get; init; } = 1;

    /// <summary>A turn is spent by two bytes, so the next ones are spliced, through a pipe of one slot.</summary>
    public bool Splices { get; init; }

    /// <summary>Choices in a row at most.</summary>
    public int DepthMax { get; init; } = NoBound;

    /// <summary>Runs at most.</summary>
    public long RunsMax { get; init; } = long.MaxValue;

    /// <summary>For the report: what was tried is worth nothing without it.</summary>
    public string Describe()
    {
        string acts =
            Interferences == NoBound ? "any acts of peers"
            : Interferences == 1 ? "1 act of a peer"
            : string.Create(CultureInfo.InvariantCulture, $"{Interferences} acts of peers");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"1 connection, up to {Payload} bytes each way, {(Splices ? "a pipe, " : "")}blocks and buffers of {Bytes}, {acts} between calls"
        );
    }

    public Plan Plan =>
        new()
        {
            Loop = new LoopOptions
            {
                Sessions = 1,
                Listeners = 1,
                BlockBytes = Bytes,
                BatchReads = Bytes,
                EventsPerTurn = 4,
                AcceptsPerTurn = 1,
                BytesPerTurn = Splices ? Bytes : 64 * 1024,
                Pipes = Splices ? 1 : 0,
            },
            World = new WorldOptions
            {
                SendBuffer = Bytes,
                ReceiveBuffer = Bytes,
                PipeSlots = 1,
                DescriptorLimit = 64,
                IdleWaitReturns = true,
            },
            SessionsMax = 1,
            ChaosCalls = CallsForEver,
            Backends = [new BackendSpec { Name = "", Servers = [new ServerSpec { Name = "", Address = default }] }],
        };
}

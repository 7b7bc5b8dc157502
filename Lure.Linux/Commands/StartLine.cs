using System.Globalization;
using System.Linq;
using Lure.Linux.Kernel.Batches;
using Lure.Linux.Machine;
using Lure.Linux.Relay;

namespace Lure.Linux.Commands;

/// <summary>What a relay says when it listens: where, and the limits that it derived.</summary>
internal static class StartLine
{
    private const double Mebibyte = 1 << 20;

    public static string Of(RunningRelay relay)
    {
        ProcessLimits limits = relay.Limits;
        string addresses = string.Join(", ", relay.Addresses.Select(address => address.ToString()).Distinct());
        string memory = (limits.SessionMemory / Mebibyte).ToString("N0", CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"lure: listening on {addresses}; {Count(limits.Workers, "worker")}, at most {Count(limits.MaxConnections, "connection")}, "
                + $"{Count(2 * limits.MaxConnections, "buffer")} of {RunningRelay.BlockBytes / 1024} KiB on demand, {memory} MiB if all are full; "
                + $"{Count(limits.Workers * limits.Pipes, "pipe")} for bulk streams{Batches(relay)}"
        );
    }

    /// <summary>Said only where a ring was wanted.</summary>
    private static string Batches(RunningRelay relay)
    {
        if (!relay.WantsRing)
        {
            return "";
        }

        int refusal = relay.Batches.Select(batches => batches.Refusal).FirstOrDefault(errno => errno != 0);
        return refusal == 0 ? "; batches by io_uring" : $"; batches by plain calls, for {RingRefusal.Explain(refusal)}";
    }

    private static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}

using System;
using System.Globalization;
using System.Text;
using Lure.Core.Loop;
using Lure.Core.Records;
using Lure.Sim.Scripts;

namespace Lure.Sim.Conformance.Twin;

/// <summary>What a relay tells, as text that two kernels must agree on: everything but times and addresses.</summary>
internal static class TwinRecordText
{
    /// <param name="record">An end of a session, or another record.</param>
    /// <param name="flooded">Amounts depend on how much fits, and are left out.</param>
    public static string Of(in LoopRecord record, bool flooded)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{record.Kind} {record.Id}");
        foreach (string name in EndFields.Names)
        {
            string value = EndFields.Value(record, name);
            text.Append(' ').Append(name).Append('=').Append(flooded && IsAmount(name) ? "some" : value);
        }

        string connected = record.ConnectedAt == 0 ? "never" : "once";
        text.Append(
            CultureInfo.InvariantCulture,
            $" connected={connected} live={record.ProcessSessions}/{record.ListenerSessions}/{record.BackendSessions}/{record.ServerSessions}"
        );
        return text.ToString();
    }

    /// <param name="counters">All but turns, events (the acknowledgement of a FIN is one) and spliced bytes: those depend on how a kernel cuts a stream, and on its delays.</param>
    /// <param name="flooded">Amounts depend on how much fits, and are left out.</param>
    public static string Of(in LoopCounters counters, bool flooded)
    {
        string ends = FormattableString.Invariant(
            $"{counters.StaleEvents} stale, {counters.Accepted} accepted, {counters.AcceptPauses} pauses, {counters.Connects} connects, {counters.ConnectFailures} failed, {counters.AllEjected} all ejected, {counters.Ejections} ejections, ended {counters.EndedNormally} {counters.EndedByClient} {counters.EndedByServer} {counters.EndedHere}, {counters.SelfChecksFailed} self-checks failed"
        );
        return flooded
            ? ends
            : FormattableString.Invariant(
                $"{ends}, bytes {counters.Up} {counters.Down}, lost {counters.LostUp} {counters.LostDown}"
            );
    }

    private static bool IsAmount(string name) => name is "up" or "down" or "lost_up" or "lost_down";
}

using System;
using System.Globalization;
using System.IO;
using Lure.Core.Loop;

namespace Lure.Linux.Demo;

/// <summary>What a demonstration comes to.</summary>
internal static class DemoSummary
{
    /// <param name="output">Where to.</param>
    /// <param name="counters">At the end.</param>
    /// <param name="echoes">Of the demonstration's own clients.</param>
    /// <param name="median">ns; null without an echo.</param>
    /// <param name="tail">ns; null without an echo.</param>
    public static void Write(TextWriter output, in LoopCounters counters, long echoes, long? median, long? tail)
    {
        output.WriteLine("summary");
        Line(output, "sessions", $"{counters.Accepted}");
        Line(output, "  --", $"{counters.EndedNormally} whole");
        Line(output, "  C", $"{counters.EndedByClient} cut by the client");
        Line(output, "  S", $"{counters.EndedByServer} cut by the server");
        Line(output, "  R I K", $"{counters.EndedHere} ended by Lure itself");
        Line(output, "bytes", $"{counters.Up} from clients, {counters.Down} from the server");
        Line(output, "lost bytes", $"{counters.LostUp} from clients, {counters.LostDown} from the server");
        string latency = $"median {Quantity.Time(median)}, p99 {Quantity.Time(tail)}";
        Line(output, "echoes", $"{echoes}, every byte checked; {latency}");
        Line(output, "self-checks", $"{counters.SelfChecksFailed} failed");
    }

    private static void Line(TextWriter output, string name, FormattableString text) =>
        output.WriteLine($"  {name, -12}{text.ToString(CultureInfo.InvariantCulture)}");
}

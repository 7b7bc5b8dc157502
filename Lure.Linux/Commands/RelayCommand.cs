using System;
using System.IO;
using Lure.Linux.Configuration;
using Lure.Linux.Logging;
using Lure.Linux.Machine;
using Lure.Linux.Relay;

namespace Lure.Linux.Commands;

/// <summary>Relays as settings say, until it is told to end.</summary>
internal static class RelayCommand
{
    private const int StandardOutput = 1;

    /// <summary>How long a reader of the log that does not read may hold up the end of the process.</summary>
    private static readonly TimeSpan s_logPatience = TimeSpan.FromSeconds(1);

    /// <param name="settings">Checked.</param>
    /// <param name="error">For what the log does not hold: the line at the start, and refusals.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(Settings settings, TextWriter error)
    {
        if (CpuBaseline.Complaint() is { } complaint)
        {
            error.WriteLine($"lure: error {ErrorId.Refused}: {complaint}");
            return ExitCode.Refused;
        }

        using TerminationSignals signals = new(interruptDrains: false);
        RunningRelay relay;
        try
        {
            relay = RunningRelay.Start(settings);
        }
        catch (StartException refusal)
        {
            foreach (StartError reason in refusal.Errors)
            {
                error.WriteLine($"lure: error {ErrorId.Refused}: {reason.Message}");
            }

            return ExitCode.Refused;
        }

        Serve(relay, settings, signals, error);
        return ExitCode.Done;
    }

    private static void Serve(RunningRelay relay, Settings settings, TerminationSignals signals, TextWriter error)
    {
        LogThread log = new(
            settings.LogTarget,
            settings.LogFormat,
            StandardOutput,
            relay.Records,
            relay.RecordsReady,
            LogNames.From(settings)
        )
        {
            Batches = relay.WantsRing ? relay.Batches : [],
        };
        log.Start();
        error.WriteLine(StartLine.Of(relay));
        error.Flush();
        _ = ServiceNotification.TrySend(ServiceNotification.Ready);
        signals.Attach(() => Drain(relay, settings, error), relay.Stop);
        relay.WaitForEnd();
        if (LastHandler.IsTracing)
        {
            error.WriteLine(
                FormattableString.Invariant(
                    $"lure: the loops handled {relay.Counters.Events} events and allocated {relay.AllocatedBytes} bytes"
                )
            );
        }

        // A log that still sits in a write reads the rings: then their memory goes with the process.
        bool ended = log.Stop(s_logPatience);
        if (settings.LogTarget != LogTarget.None && (log.Unwritten > 0 || log.Dropped > 0))
        {
            error.WriteLine(
                $"lure: the session log is not complete: {log.Unwritten} lines could not be written to standard output, {log.Dropped} found no room"
            );
        }

        if (ended)
        {
            log.Dispose();
            relay.Dispose();
        }
    }

    private static void Drain(RunningRelay relay, Settings settings, TextWriter error)
    {
        relay.Drain(settings.DrainDeadline);
        TimeSpan patience = TimeSpan.FromMilliseconds(settings.DrainDeadline / 1_000_000);
        error.WriteLine(
            $"lure: draining {relay.Shared.Sessions} sessions, at most {patience.TotalSeconds:0.###} s; SIGTERM once more ends at once"
        );
    }
}

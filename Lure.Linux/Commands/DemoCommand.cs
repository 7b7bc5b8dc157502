using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using Lure.Linux.Configuration;
using Lure.Linux.Demo;
using Lure.Linux.Machine;
using Lure.Linux.Relay;
using Lure.Linux.Sockets;

namespace Lure.Linux.Commands;

/// <summary>Shows a relay at work.</summary>
internal static class DemoCommand
{
    public const string DefaultListen = "127.0.0.1:7000";
    public const string OtherListen = "127.0.0.1:7001";

    /// <param name="binds">Where the relay listens; TCP.</param>
    /// <param name="output">For what it shows.</param>
    /// <param name="error">For refusals.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(ImmutableArray<BindAddress> binds, TextWriter output, TextWriter error)
    {
        if (CpuBaseline.Complaint() is { } complaint)
        {
            return Refuse(error, complaint);
        }

        try
        {
            using EchoBackend backend = new();
            backend.Start();
            return Run(new DemoPlan { Binds = binds, Server = backend.Address }, output);
        }
        catch (StartException refusal)
        {
            string[] reasons = [.. refusal.Errors.Select(reason => reason.Message)];
            bool aboutAddress = refusal.Errors.All(reason => reason is ListenError);
            string example = $"for example: lure demo --listen {OtherListen}";
            return Refuse(error, aboutAddress ? [.. reasons, example] : reasons);
        }
        catch (SocketException failure)
        {
            return Refuse(
                error,
                $"no echo server can listen on 127.0.0.1 ({failure.SocketErrorCode}: {failure.Message}); is the loopback interface up?"
            );
        }
    }

    private static int Run(DemoPlan plan, TextWriter output)
    {
        using Demonstration demonstration = Demonstration.Start(plan);
        using TerminationSignals signals = new(interruptDrains: true);
        signals.Attach(demonstration.Drain, demonstration.Stop);
        return demonstration.Run(output, IsWideTerminal());
    }

    private static int Refuse(TextWriter error, params string[] reasons)
    {
        Array.ForEach(reasons, reason => error.WriteLine($"lure: error {ErrorId.Refused}: {reason}"));
        return ExitCode.Refused;
    }

    private static bool IsWideTerminal() => !Console.IsOutputRedirected && Console.WindowWidth > LiveTable.Width;
}

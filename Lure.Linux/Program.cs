using System;
using System.IO;
using Lure.Linux.Commands;
using Lure.Linux.Configuration;
using Lure.Linux.Kernel.Batches;

namespace Lure.Linux;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        using ErrorOutput error = new(Console.Error);
        LastHandler.WatchOtherThreads(error);
        try
        {
            var host = new CommandHost
            {
                Output = Console.Out,
                Error = error,
                Names = NameLookup.OfThisHost(),
                Relay = settings => RelayCommand.Run(settings, error),
                Demo = binds => DemoCommand.Run(binds, Console.Out, error),
                Campaign = request => SimCommand.RunCampaign(request, Console.Out, Progress(error)),
                Replay = tape => SimCommand.Replay(tape, Console.OpenStandardOutput()),
                SelfTest = () => SelfTestCommand.Run(Console.Out),
                AskForRing = IoUring.Probe,
                Exhaust = () => SimCommand.Exhaust(Console.Out),
            };
            return new CommandLine(host).Run(arguments);
        }
        catch (Exception e) when (LastHandler.Report(e, error))
        {
            return ExitCode.Refused;
        }
    }

    /// <summary>Where progress is shown: to who sits there, and to nobody else.</summary>
    private static TextWriter? Progress(TextWriter error) => Console.IsErrorRedirected ? null : error;
}

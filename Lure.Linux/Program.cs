using System;
using Lure.Linux.Commands;
using Lure.Linux.Configuration;

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
            };
            return new CommandLine(host).Run(arguments);
        }
        catch (Exception e) when (LastHandler.Report(e, error))
        {
            return ExitCode.Refused;
        }
    }
}

using System;
using Lure.Linux.Commands;
using Lure.Linux.Configuration;

namespace Lure.Linux;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        LastHandler.WatchOtherThreads(Console.Error);
        try
        {
            var host = new CommandHost
            {
                Output = Console.Out,
                Error = Console.Error,
                Names = NameLookup.OfThisHost(),
                Relay = settings => RelayCommand.Run(settings, Console.Error),
                Demo = binds => DemoCommand.Run(binds, Console.Out, Console.Error),
            };
            return new CommandLine(host).Run(arguments);
        }
        catch (Exception e) when (LastHandler.Report(e, Console.Error))
        {
            return ExitCode.Refused;
        }
    }
}

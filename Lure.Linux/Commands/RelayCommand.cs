using System.IO;
using Lure.Linux.Configuration;

namespace Lure.Linux.Commands;

/// <summary>Relays as settings say, until it is told to end.</summary>
internal static class RelayCommand
{
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(Settings settings, TextWriter error)
    {
        error.WriteLine(
            $"lure: error {ErrorId.Unavailable}: this build cannot relay; {settings.Listeners.Length} listeners were checked"
        );
        return ExitCode.Refused;
    }
}

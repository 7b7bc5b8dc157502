using System.IO;
using Lure.Linux.Configuration;

namespace Lure.Linux.Commands;

/// <summary>Shows a relay at work.</summary>
internal static class DemoCommand
{
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(TextWriter error)
    {
        error.WriteLine($"lure: error {ErrorId.Refused}: this build has no demo");
        return ExitCode.Refused;
    }
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text;

namespace Lure.Mutation;

internal static class Command
{
    /// <summary>Runs a program to its end, and ends it with all that it started when it takes too long.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="program">Found by the path.</param>
    /// <param name="arguments">As they are, no shell.</param>
    /// <param name="limit">Status 124 when it was not enough.</param>
    /// <param name="show">Given each line of its output as it comes.</param>
    public static (int Status, string Output) Run(
        string folder,
        string program,
        IEnumerable<string> arguments,
        TimeSpan? limit = null,
        Action<string>? show = null
    )
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["LURE_MTP"] = "1";
        // What Stryker asks of the SDK takes longer than it waits for by itself when the machine is busy.
        start.Environment["DOTNET_INFO_WAIT_TIME"] = "120000";
        // A mutated build is no build to be read.
        start.Environment["RunAnalyzers"] = "false";
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        StringBuilder output = new();
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(limit ?? TimeSpan.FromMinutes(10)))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return (124, output.ToString());
        }

        process.WaitForExit();
        return (process.ExitCode, output.ToString());

        void Take(string? line)
        {
            if (line is not null)
            {
                lock (output)
                {
                    output.Append(line).Append('\n');
                }

                show?.Invoke(line);
            }
        }
    }
}

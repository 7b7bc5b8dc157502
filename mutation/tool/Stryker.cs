using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lure.Mutation;

/// <summary>Runs Stryker.NET over a part of a roof.</summary>
internal static class Stryker
{
    /// <param name="root">The checkout.</param>
    /// <param name="roof">Which configuration.</param>
    /// <param name="patterns">What to mutate.</param>
    /// <param name="output">A folder for the report.</param>
    /// <param name="limit">A run that takes longer is ended and counts nothing.</param>
    /// <exception cref="MutationException">It could not be built or run, or did not come to an end.</exception>
    public static IReadOnlyList<Mutant> Run(
        string root,
        Roof roof,
        IEnumerable<string> patterns,
        string output,
        TimeSpan limit
    )
    {
        if (Directory.Exists(output))
        {
            Directory.Delete(output, recursive: true);
        }

        // From a folder without a solution: beside one, it refuses the list of test projects.
        (int status, string text) = Command.Run(
            Path.Combine(root, "mutation"),
            "dotnet",
            [
                .. new[] { "stryker", "-f", roof.Configuration, "-O", output, "--skip-version-check" },
                .. new[]
                {
                    "--break-at",
                    "0",
                    "--configuration",
                    "Release",
                    "--concurrency",
                    $"{Environment.ProcessorCount}",
                },
                .. patterns.SelectMany(pattern => new[] { "--mutate", pattern }),
            ],
            limit
        );
        string report = Path.Combine(output, "reports", "mutation-report.json");
        return status switch
        {
            0 when File.Exists(report) => Report.Read(report, roof.Folder),
            124 => throw new MutationException(
                $"{roof.Name}: not done in {limit.TotalMinutes:F0} minutes: nothing is counted"
            ),
            _ => throw new MutationException($"{roof.Name}: it could not be run (status {status}):\n{Tail(text)}"),
        };
    }

    private static string Tail(string text) => string.Join('\n', text.Split('\n').TakeLast(25));
}

using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Lure.Bench.Load;

namespace Lure.Bench.Tools;

/// <summary>A load program of this machine, run to its end.</summary>
internal static class ToolRun
{
    /// <returns>What it printed.</returns>
    /// <exception cref="LoadException">It failed.</exception>
    public static string Output(string program, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new LoadException($"{program}: {error.Result}{output}");
    }

    /// <param name="output">Of a tool.</param>
    /// <param name="pattern">With the number as its first group.</param>
    /// <exception cref="LoadException">It is not there.</exception>
    public static double Number(string output, string pattern)
    {
        Match match = Regex.Match(output, pattern);
        return match.Success
            ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new LoadException($"nothing like {pattern} in: {output}");
    }
}
